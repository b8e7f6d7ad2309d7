package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct;
import io.lakebaseops.ddl.DdlForm;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Step.ScriptStep.Statement;
import io.lakebaseops.postgres.SqlLibrary;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The steps that apply migration files: one transaction per file, its row of the history in it;
/// what refuses a transaction runs statement by statement, and the row follows.
///
/// @param traced whether each statement's locks are recorded (for trials)
record MigrationSteps(
        SqlLibrary sql,
        String database,
        Duration lockTimeout,
        Duration statementTimeout,
        boolean traced) {
    /// Parameters of the statement that notes a file as applied.
    static final String SCRIPT = "script";

    static final String CHECKSUM = "checksum";

    /// A build outside a transaction blocks nobody while it waits for older transactions, which a
    /// lock timeout would end: it may wait as long as they usually last.
    private static final Duration BUILD_WAIT = Duration.ofMinutes(10);

    private static final Ident TABLE = Ident.of("public", "flyway_schema_history");

    Step createHistory() {
        var table = Map.of("table", TABLE, "key", Ident.of("flyway_schema_history_pk"));
        var index = Map.of("table", TABLE, "index", Ident.of("flyway_schema_history_s_idx"));
        return script(
                "Make the table of applied migrations",
                List.of(
                        Statement.of(sql.render(MigrationSql.CREATE_HISTORY, table).text()),
                        Statement.of(sql.render(MigrationSql.INDEX_HISTORY, index).text())),
                LockLevel.NONE,
                Reversibility.RECOVERABLE,
                true,
                0);
    }

    /// @param finished statements that ran in an earlier attempt at the same file
    List<Step> of(MigrationFile file, int rank, LiveTables live, FinishedStatements finished) {
        var statements = file.statements().stream().map(s -> Statement.of(s.text())).toList();
        if (!file.alone()) {
            var all = new ArrayList<>(statements);
            all.add(record(file, rank));
            return List.of(
                    script(
                            "Apply " + file.name(),
                            all,
                            lock(file),
                            reversibility(file),
                            true,
                            bytes(file, live)));
        }
        var steps = new ArrayList<Step>();
        for (int i = 0; i < statements.size(); i++) {
            if (!finished.has(file, i)) {
                var left = ConcurrentIndexes.leftBehind(file.statements().get(i), live);
                if (left != null) {
                    steps.add(removal(left));
                }
                steps.add(
                        script(
                                part(file, i),
                                List.of(statements.get(i)),
                                lock(file),
                                reversibility(file),
                                false,
                                bytes(file, live)));
            }
        }
        steps.add(
                script(
                        "Note " + file.name() + " as applied",
                        List.of(record(file, rank)),
                        LockLevel.NONE,
                        Reversibility.HARMLESS,
                        true,
                        0));
        return steps;
    }

    private static String part(MigrationFile file, int i) {
        return "Apply %s, statement %d of %d"
                .formatted(file.name(), i + 1, file.statements().size());
    }

    /// What an earlier build left serves no query, and IF NOT EXISTS would take it for done.
    private Step removal(Ident index) {
        var text = sql.render(MigrationSql.DROP_HALF_BUILT_INDEX, Map.of("index", index)).text();
        return new Step.SqlStep(
                "Drop the invalid index %s that a failed build left".formatted(index.sql()),
                database,
                text,
                List.of(),
                LockLevel.SHARE_UPDATE_EXCLUSIVE,
                Reversibility.RECOVERABLE,
                false,
                BUILD_WAIT,
                statementTimeout,
                0);
    }

    private Statement record(MigrationFile file, int rank) {
        var version = file.version();
        return new Statement(
                sql.render(MigrationSql.RECORD, Map.of("table", TABLE)).text(),
                List.of(
                        new SqlParam("rank", "int4", Integer.toString(rank)),
                        new SqlParam(
                                "version", "text", version == null ? null : version.getVersion()),
                        new SqlParam("description", "text", file.description()),
                        new SqlParam(SCRIPT, "text", file.name()),
                        new SqlParam(CHECKSUM, "int4", Integer.toString(file.checksum()))));
    }

    private Step.ScriptStep script(
            String title,
            List<Statement> statements,
            LockLevel lock,
            Reversibility reversibility,
            boolean transactional,
            long bytes) {
        return new Step.ScriptStep(
                title,
                database,
                statements,
                lock,
                reversibility,
                transactional,
                waits(transactional, lock),
                statementTimeout,
                bytes,
                traced);
    }

    private Duration waits(boolean transactional, LockLevel lock) {
        boolean gentle = lock.compareTo(LockLevel.SHARE_UPDATE_EXCLUSIVE) <= 0;
        return transactional || !gentle || lockTimeout.compareTo(BUILD_WAIT) > 0
                ? lockTimeout
                : BUILD_WAIT;
    }

    private static List<DdlAct> acts(MigrationFile file) {
        return file.statements().stream().flatMap(s -> MigrationFile.acts(s).stream()).toList();
    }

    private static LockLevel lock(MigrationFile file) {
        if (file.statements().stream().anyMatch(s -> s.parsed().single() == null)) {
            return LockLevel.ACCESS_EXCLUSIVE;
        }
        return acts(file).stream()
                .map(DdlAct::lock)
                .max(Comparator.naturalOrder())
                .orElse(LockLevel.NONE);
    }

    private static Reversibility reversibility(MigrationFile file) {
        return acts(file).stream().anyMatch(a -> a.form().losesData())
                ? Reversibility.IRREVERSIBLE
                : Reversibility.RECOVERABLE;
    }

    /// Of the largest table it works on.
    private static long bytes(MigrationFile file, LiveTables live) {
        return acts(file).stream()
                .filter(a -> a.form().work() != DdlForm.Work.NOTHING)
                .flatMap(a -> live.of(a.relation()).stream())
                .mapToLong(t -> t.bytes() + t.indexBytes())
                .max()
                .orElse(0);
    }
}
