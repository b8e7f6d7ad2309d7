package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The statements that a server counts for a database, those with the most time, and what is not
/// seen of them.
///
/// @param counted null when the server counts no statements
record CountedStatements(List<WorkStatement> statements, @Nullable Counted counted) {
    private static final int MOST = 2_000;
    private static final String HIDDEN = "<insufficient privilege>";

    /// `interval $1` is no grammar, and what the server counts `interval '1 day'` as.
    private static final Pattern TYPED_VALUE =
            Pattern.compile("(?i)\\b(interval|date|time|timestamp|timestamptz)\\s+(\\$\\d+)");

    CountedStatements {
        statements = List.copyOf(statements);
    }

    /// As `statements/pg_stat_statements_info` returns it.
    record Counted(long dealloc, @Nullable Instant statsReset) {}

    static CountedStatements read(ReadSession session) {
        if (!session.capabilities().has("pg_stat_statements")) {
            return new CountedStatements(List.of(), null);
        }
        var info = session.query(IndexSql.STATEMENTS_INFO, Map.of(), Counted.class);
        return new CountedStatements(
                session.query(IndexSql.WORKLOAD, Map.of("top", MOST), WorkStatement.class),
                info.isEmpty() ? new Counted(0, null) : info.getFirst());
    }

    /// Was every counted statement read?
    boolean all() {
        return statements.size() < MOST;
    }

    List<String> plannable() {
        return statements.stream()
                .map(WorkStatement::queryText)
                .filter(t -> !t.equals(HIDDEN) && ExplainText.refusal(t) == null)
                .map(t -> TYPED_VALUE.matcher(t).replaceAll("$2::$1"))
                .distinct()
                .toList();
    }

    /// Those with the most time by what is planned of them.
    Map<String, WorkStatement> byText(int most) {
        var texts = new LinkedHashMap<String, WorkStatement>();
        for (var statement : statements) {
            var text = statement.queryText();
            if (texts.size() < most && !text.equals(HIDDEN) && ExplainText.refusal(text) == null) {
                texts.putIfAbsent(TYPED_VALUE.matcher(text).replaceAll("$2::$1"), statement);
            }
        }
        return texts;
    }

    int hidden() {
        return (int) statements.stream().filter(s -> s.queryText().equals(HIDDEN)).count();
    }

    /// The server may count for longer than this database is there: its first statement tells.
    @Nullable Instant since() {
        if (counted == null || counted.statsReset() == null) {
            return null;
        }
        var reset = counted.statsReset();
        return statements.stream()
                .map(WorkStatement::statsSince)
                .min(Comparator.naturalOrder())
                .filter(first -> first.isAfter(reset))
                .orElse(reset);
    }
}
