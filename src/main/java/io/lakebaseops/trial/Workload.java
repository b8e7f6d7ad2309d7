package io.lakebaseops.trial;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Step.ScriptStep.Statement;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The statements that cost most, made ready to run again with values from the data.
final class Workload {
    /// Enough for an interval, few enough for a trial of seconds.
    static final int ROUNDS = 9;

    private static final int WARM_UP = 2;

    /// Longer statements would make the trial longer than anybody waits.
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(10);

    private final SqlLibrary sql;
    private final List<Entry> entries;
    private final List<String> caveats;

    private Workload(SqlLibrary sql, List<Entry> entries, List<String> caveats) {
        this.sql = sql;
        this.entries = List.copyOf(entries);
        this.caveats = List.copyOf(caveats);
    }

    /// @param rounds literals per round; empty when it cannot be replayed
    record Entry(TopStatement statement, List<List<String>> rounds, String skipped) {
        Entry {
            rounds = List.copyOf(rounds);
        }
    }

    /// Reads on the live target; nothing is run there.
    static Workload read(ReadSession session, SqlLibrary sql, int top) {
        List<TopStatement> statements;
        try {
            statements =
                    session.query(
                            TrialSql.TOP_STATEMENTS, Map.of("top", (long) top), TopStatement.class);
        } catch (OpsException e) {
            // One text that is no UTF-8 makes the server refuse all of them.
            if (e.kind() != OpsException.Kind.UNSUPPORTED
                    && e.kind() != OpsException.Kind.DENIED
                    && e.kind() != OpsException.Kind.INVALID_INPUT) {
                throw e;
            }
            return new Workload(sql, List.of(), List.of("no statements to replay: " + e.why()));
        }
        var relations = new HashSet<String>();
        statements.forEach(
                s -> relations.addAll(new ParameterInference(s.query()).relationNames()));
        var samples = ColumnSamples.read(session, relations);
        return new Workload(
                sql, statements.stream().map(s -> entry(s, samples)).toList(), List.of());
    }

    private static Entry entry(TopStatement statement, ColumnSamples samples) {
        var slots = new ParameterInference(statement.query()).slots();
        var rounds = new ArrayList<List<String>>();
        var why = new ArrayList<String>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            var values = ParameterInference.values(slots, samples, round, why);
            if (values.isEmpty()) {
                return new Entry(statement, List.of(), why.getFirst());
            }
            rounds.add(values.get());
        }
        return new Entry(statement, rounds, "");
    }

    List<Entry> entries() {
        return entries;
    }

    List<String> caveats() {
        return caveats;
    }

    /// One read-only transaction: what a function tries to write is refused by the server.
    Step.ScriptStep script(Entry entry, String database) {
        var statements = new ArrayList<Statement>();
        statements.add(Statement.of(sql.render(TrialSql.READ_ONLY, Map.of()).text()));
        statements.add(Statement.of(sql.render(TrialSql.CUSTOM_PLANS, Map.of()).text()));
        statements.add(Statement.of("PREPARE replayed AS " + entry.statement().query()));
        for (var values : entry.rounds()) {
            statements.add(Statement.of(execute(values)));
        }
        return new Step.ScriptStep(
                "Replay statement " + entry.statement().queryid(),
                database,
                statements,
                LockLevel.ACCESS_SHARE,
                Reversibility.HARMLESS,
                true,
                Duration.ofSeconds(2),
                STATEMENT_LIMIT,
                0,
                false);
    }

    /// The server runs it to the end and sends the plan, not the rows.
    private static String execute(List<String> values) {
        var list =
                values.stream()
                        .map(v -> "'" + v.replace("'", "''") + "'")
                        .collect(Collectors.joining(", "));
        return "EXPLAIN (ANALYZE, TIMING OFF) EXECUTE replayed"
                + (values.isEmpty() ? "" : " (" + list + ")");
    }

    /// Milliseconds per round, the warm-up left out.
    static double[] millis(ScriptTrace trace) {
        return trace.statements().stream()
                .skip(3L + WARM_UP)
                .mapToDouble(s -> s.took().toNanos() / 1e6)
                .toArray();
    }
}
