package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// What each statement of a script really did. Seen from the server's own views, not guessed from
/// the text.
public record ScriptTrace(List<OfStatement> statements) {
    public static final ScriptTrace NONE = new ScriptTrace(List.of());

    public ScriptTrace {
        statements = List.copyOf(statements);
    }

    /// @param number from 1 on
    /// @param rows it returned or changed
    /// @param observed what was watched; null when the script was not traced
    /// @param error why it failed, null when it did not
    public record OfStatement(
            int number,
            Duration took,
            long rows,
            @Nullable Observation observed,
            @Nullable String error) {}

    /// @param locks held after it that were not before, strongest per relation
    /// @param rewritten tables and materialized views with a new file
    /// @param built indexes new or with a new file
    /// @param scanned tables read from end to end
    /// @param sampled true when the locks were looked at from outside while it ran, so that a short
    ///     one may be missing
    public record Observation(
            List<Lock> locks,
            List<String> rewritten,
            List<String> built,
            List<Scan> scanned,
            boolean sampled) {
        public Observation {
            locks = List.copyOf(locks);
            rewritten = List.copyOf(rewritten);
            built = List.copyOf(built);
            scanned = List.copyOf(scanned);
        }
    }

    /// @param relation `schema.name`
    /// @param kind `table`, `index`, `sequence`, `view`, `materialized view`
    public record Lock(String relation, String kind, LockLevel level) {}

    public record Scan(String relation, long rows) {}
}
