package io.lakebaseops.console;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Practice on a game day: a throw-away server with a real fault, or with something that only looks
/// like one, and nobody says which until the end.
public interface Practice {
    /// Asked by the window once a second; blocks nobody.
    State state();

    /// Makes the server; a while later the fault is put on it. Blocking.
    ///
    /// @throws io.lakebaseops.domain.OpsException when one goes on, or no server can be made
    TargetId begin();

    /// Says what it was and throws the server away. Blocking.
    Result end();

    sealed interface State {
        record Off() implements State {}

        /// The server is being made, or it is being thrown away.
        record Busy(String what) implements State {}

        record On(TargetId target, Instant since) implements State {}
    }

    /// Times are counted from the moment the fault began.
    ///
    /// @param fault false for a look-alike, of which nothing was to be done
    /// @param causes names of which the diagnosis had to be one; of a look-alike what it looks like
    /// @param alerted until the first alert; null without one
    /// @param diagnosed until a diagnosis named it; null when none did
    /// @param named by the last diagnosis; null when it named nothing
    /// @param repaired until the first plan was verified; null without one
    /// @param repair that plan
    /// @param now what the server's diagnosis says at the end
    record Result(
            String title,
            boolean fault,
            List<String> causes,
            @Nullable Duration alerted,
            @Nullable String alert,
            @Nullable Duration diagnosed,
            @Nullable String named,
            @Nullable Duration repaired,
            @Nullable String repair,
            String now) {
        public Result {
            causes = List.copyOf(causes);
        }
    }
}
