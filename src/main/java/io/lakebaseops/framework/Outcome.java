package io.lakebaseops.framework;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Source;

import java.util.List;

/// What a tool came back with: data, or the reason why it is not available.
public sealed interface Outcome<O extends Record> {

    /// @param coversKinds finding kinds this run looked for completely: stored findings of these
    ///     kinds on the target that are not in `findings` are closed
    /// @param caveats what limits the result (a missing right, a statistics reset), in words
    record Found<O extends Record>(
            O data,
            Source source,
            List<Finding> findings,
            List<String> coversKinds,
            List<String> caveats)
            implements Outcome<O> {
        public Found {
            findings = List.copyOf(findings);
            coversKinds = List.copyOf(coversKinds);
            caveats = List.copyOf(caveats);
        }
    }

    /// @param reason why, in words; @param remedy what a person can do
    record Unavailable<O extends Record>(String reason, String remedy) implements Outcome<O> {}

    static <O extends Record> Outcome<O> live(O data) {
        return new Found<>(data, Source.LIVE, List.of(), List.of(), List.of());
    }

    static <O extends Record> Outcome<O> unavailable(String reason, String remedy) {
        return new Unavailable<>(reason, remedy);
    }
}
