package io.lakebaseops.console;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.guard.ReadCaps;
import io.lakebaseops.guard.ReadResult;

/// Statements a person wrote, run only when the guard is certain that they read and nothing else.
public record OwnSql(Runner runner, ReadCaps caps) {
    /// Blocks; judges the statement itself, whatever was judged while it was typed.
    @FunctionalInterface
    public interface Runner {
        ReadResult run(TargetId target, String sql, Deadline deadline);
    }
}
