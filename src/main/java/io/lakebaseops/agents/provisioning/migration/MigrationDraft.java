package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The steps that bring a database to the newest migration as part of a larger plan, also a
/// database that the plan itself makes.
///
/// @param files still to be applied, in order
public record MigrationDraft(
        List<String> files,
        List<Step> steps,
        List<Precondition> preconditions,
        List<Postcondition> proofs) {
    /// Nobody works in a new database yet, but its steps stop like all others.
    private static final Duration LOCK_WAIT = Duration.ofSeconds(3);

    private static final Duration STATEMENT = Duration.ofMinutes(15);

    public MigrationDraft {
        files = List.copyOf(files);
        steps = List.copyOf(steps);
        preconditions = List.copyOf(preconditions);
        proofs = List.copyOf(proofs);
    }

    public static MigrationDraft none() {
        return new MigrationDraft(List.of(), List.of(), List.of(), List.of());
    }

    /// For a database that is not there yet: everything is to be applied.
    public static MigrationDraft fresh(SqlLibrary sql, String database, List<String> paths) {
        var history = new MigrationHistory(false, Rows.EMPTY, List.of());
        return of(history, LiveTables.none(), sql, database, paths, FinishedStatements.NONE, false);
    }

    /// @param finished statements that an earlier attempt at the same files carried out
    public static MigrationDraft on(
            ReadSession session, SqlLibrary sql, List<String> paths, FinishedStatements finished) {
        var history = MigrationHistory.read(session);
        var pending = history.pending(folder(paths), false);
        var live = LiveTables.read(session, HazardLint.names(pending));
        return of(history, live, sql, session.database(), paths, finished, true);
    }

    private static MigrationDraft of(
            MigrationHistory history,
            LiveTables live,
            SqlLibrary sql,
            String database,
            List<String> paths,
            FinishedStatements finished,
            boolean there) {
        var pending = history.pending(folder(paths), false);
        if (pending.isEmpty()) {
            return none();
        }
        var steps = new MigrationSteps(sql, database, LOCK_WAIT, STATEMENT, false);
        var plan = new MigrationPlan(history, pending, List.of(), live, finished, steps);
        return new MigrationDraft(
                pending.stream().map(MigrationFile::name).toList(),
                plan.allSteps(),
                there ? List.of(plan.unchanged(database)) : List.of(),
                plan.proofs(database));
    }

    private static MigrationFolder folder(List<String> paths) {
        return MigrationFolder.of(paths.stream().map(Path::of).toList());
    }
}
