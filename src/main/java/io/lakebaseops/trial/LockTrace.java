package io.lakebaseops.trial;

import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.ScriptTrace;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The locks that one statement took, and what it did: which lock on what, whether a table was
/// written anew or read from end to end, and how long it lasted.
///
/// @param strongest of its locks; on views and tables alike, indexes and sequences left out
/// @param on the relation of that lock, null when it took none
/// @param sampled true when the locks were watched from outside (statements that refuse a
///     transaction), so that a very short one may be missing
public record LockTrace(
        String statement,
        LockLevel strongest,
        @Nullable String on,
        List<ScriptTrace.Lock> locks,
        List<String> rewritten,
        List<String> built,
        List<ScriptTrace.Scan> scanned,
        Duration took,
        boolean sampled) {
    public LockTrace {
        locks = List.copyOf(locks);
        rewritten = List.copyOf(rewritten);
        built = List.copyOf(built);
        scanned = List.copyOf(scanned);
    }

    /// Statements that were observed; a failed one was not.
    public static List<LockTrace> of(List<String> statements, ScriptTrace trace) {
        var pictures = new ArrayList<LockTrace>();
        for (var one : trace.statements()) {
            var seen = one.observed();
            if (seen != null) {
                pictures.add(of(statements.get(one.number() - 1), one.took(), seen));
            }
        }
        return pictures;
    }

    private static LockTrace of(String statement, Duration took, ScriptTrace.Observation seen) {
        var tables =
                seen.locks().stream()
                        .filter(l -> !l.kind().equals("index") && !l.kind().equals("sequence"))
                        .toList();
        var strongest = tables.isEmpty() ? null : tables.getFirst();
        return new LockTrace(
                statement,
                strongest == null ? LockLevel.NONE : strongest.level(),
                strongest == null ? null : strongest.relation(),
                seen.locks(),
                seen.rewritten(),
                seen.built(),
                seen.scanned(),
                took,
                seen.sampled());
    }
}
