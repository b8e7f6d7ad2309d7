package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.performance.indexes.CertificateRules.Ground;
import io.lakebaseops.agents.performance.indexes.CertificateRules.Sight;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.twin.PlannerTwin;
import io.lakebaseops.twin.TwinDatabase;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Asks the planner twin about indexes: what would change without one, and what one would bring
/// that is not there. Only when somebody asks, for a few indexes at a time and within a time of its
/// own, since the twin must first be made.
public final class IndexTwin {
    /// The known statements: those with the most time.
    private static final int STATEMENTS = 2_000;

    private static final int MOST_TOLD = 50;

    /// `interval $1` is no grammar, and what the server counts `interval '1 day'` as.
    private static final Pattern TYPED_VALUE =
            Pattern.compile("(?i)\\b(interval|date|time|timestamp|timestamptz)\\s+(\\$\\d+)");

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String HIDDEN = "<insufficient privilege>";

    private final PlannerTwin twin;
    private final SqlLibrary sql;

    public IndexTwin(PlannerTwin twin, SqlLibrary sql) {
        this.twin = twin;
        this.sql = sql;
    }

    /// @param caveats what limits it; that it could not be done at all
    record Answer<T>(List<T> list, List<String> caveats) {
        Answer {
            list = List.copyOf(list);
            caveats = List.copyOf(caveats);
        }
    }

    /// What would change without these indexes.
    Answer<DropCertificate> certify(
            IndexCatalog catalog, ReadSession session, List<Ground> grounds, ToolContext context) {
        if (grounds.isEmpty()) {
            return new Answer<>(List.of(), List.of());
        }
        return asked(
                catalog,
                session,
                grounds.stream().map(g -> table(g.index())).collect(Collectors.toSet()),
                context,
                (database, deadline) -> {
                    var workload = workload(session);
                    var replay =
                            new StatementReplay(
                                    database,
                                    session,
                                    new StatementScope(catalog),
                                    workload.plannable(),
                                    deadline);
                    return grounds.stream()
                            .map(g -> certificate(catalog, g, database, workload, replay, context))
                            .toList();
                });
    }

    /// What these suggestions would bring, by the planner.
    Answer<WhatIf> tried(
            IndexCatalog catalog,
            ReadSession session,
            List<MissingIndexCheck.Missing> missing,
            ToolContext context) {
        var possible = missing.stream().filter(m -> !m.table().isPartitioned()).toList();
        if (possible.isEmpty()) {
            return new Answer<>(
                    List.of(),
                    missing.isEmpty()
                            ? List.of()
                            : List.of(
                                    catalog.database()
                                            + ": indexes on partitioned tables are not planned in"
                                            + " the twin"));
        }
        return asked(
                catalog,
                session,
                possible.stream()
                        .map(m -> m.table().schemaName() + "." + m.table().tableName())
                        .collect(Collectors.toSet()),
                context,
                (database, deadline) ->
                        possible.stream()
                                .map(
                                        m ->
                                                new IndexTrial(sql, database, deadline)
                                                        .of(
                                                                catalog.database(),
                                                                m,
                                                                context.clock().instant()))
                                .toList());
    }

    private interface Question<T> {
        List<T> ask(TwinDatabase database, Deadline deadline);
    }

    /// Whatever goes wrong here costs the tool nothing but the answer.
    private <T> Answer<T> asked(
            IndexCatalog catalog,
            ReadSession session,
            Set<String> tables,
            ToolContext context,
            Question<T> question) {
        var rest = context.deadline().remaining();
        var deadline = Deadline.in(rest.compareTo(LONGEST) < 0 ? rest : LONGEST);
        try (var _ = context.deadline().onCancel(deadline::cancel)) {
            var caveats = new ArrayList<String>();
            Function<TwinDatabase, List<T>> work =
                    database -> {
                        database.caveats().forEach(c -> caveats.add(catalog.database() + ": " + c));
                        return question.ask(database, deadline);
                    };
            return new Answer<>(
                    twin.use(context.target(), session, tables, deadline, work), caveats);
        } catch (OpsException e) {
            if (PerDatabase.endsAll(e, context)) {
                throw e;
            }
            return new Answer<>(
                    List.of(),
                    List.of(
                            "%s: not planned in the twin: %s"
                                    .formatted(catalog.database(), e.why())));
        }
    }

    /// Deletes the statistics it holds.
    void forget() {
        twin.delete();
    }

    private static String table(IndexShape index) {
        return index.row().schemaName() + "." + index.row().tableName();
    }

    /// As `statements/pg_stat_statements_info` returns it.
    private record Counted(long dealloc, @Nullable Instant statsReset) {}

    /// @param counted null when the server counts no statements
    private record Workload(List<WorkStatement> statements, @Nullable Counted counted) {
        Workload {
            statements = List.copyOf(statements);
        }

        List<String> plannable() {
            return statements.stream()
                    .map(WorkStatement::queryText)
                    .filter(t -> !t.equals(HIDDEN) && ExplainText.refusal(t) == null)
                    .map(t -> TYPED_VALUE.matcher(t).replaceAll("$2::$1"))
                    .distinct()
                    .toList();
        }

        int hidden() {
            return (int) statements.stream().filter(s -> s.queryText().equals(HIDDEN)).count();
        }

        @Nullable Instant since() {
            return counted == null ? null : counted.statsReset();
        }
    }

    private static Workload workload(ReadSession session) {
        if (!session.capabilities().has("pg_stat_statements")) {
            return new Workload(List.of(), null);
        }
        var info = session.query(IndexSql.STATEMENTS_INFO, Map.of(), Counted.class);
        return new Workload(
                session.query(IndexSql.WORKLOAD, Map.of("top", STATEMENTS), WorkStatement.class),
                info.isEmpty() ? new Counted(0, null) : info.getFirst());
    }

    private static DropCertificate certificate(
            IndexCatalog catalog,
            Ground ground,
            TwinDatabase database,
            Workload workload,
            StatementReplay replay,
            ToolContext context) {
        var index = ground.index();
        var row = index.row();
        StatementReplay.Result result = null;
        var trouble = new ArrayList<>(database.caveats());
        try {
            result = replay.without(index, ForeignKeyWork.of(catalog, index));
        } catch (OpsException e) {
            if (PerDatabase.endsAll(e, context)) {
                throw e;
            }
            trouble.add(e.why());
        }
        var counted = workload.counted();
        var sight =
                new Sight(
                        counted != null,
                        workload.statements().size() < STATEMENTS,
                        workload.hidden(),
                        counted == null ? 0 : counted.dealloc(),
                        workload.since(),
                        database.routinesNaming(row.tableName()),
                        database.withoutStatistics().contains(table(index)),
                        database.secured().contains(table(index)),
                        trouble);
        var verdict = CertificateRules.judge(ground, catalog.counting(), sight, result);
        return new DropCertificate(
                catalog.database(),
                row.schemaName(),
                row.tableName(),
                row.indexName(),
                verdict.grade(),
                words(verdict, result),
                result == null ? 0 : result.statements(),
                result == null ? 0 : result.concerned(),
                result == null ? 0 : result.kept(),
                result == null ? List.of() : first(result.changes()),
                result == null ? List.of() : first(result.gaps()),
                verdict.checks(),
                verdict.reasons(),
                ground instanceof Ground.Unused unused ? unused.idle().since() : null,
                DropCertificate.ORIGIN,
                context.clock().instant());
    }

    /// More would be read by nobody; the counts stand beside them.
    private static <T> List<T> first(List<T> all) {
        return all.stream().limit(MOST_TOLD).toList();
    }

    private static String words(
            CertificateRules.Verdict verdict, StatementReplay.@Nullable Result result) {
        return switch (verdict.grade()) {
            case PROVEN ->
                    "No known statement gets slower without it, and nothing unseen needs it.";
            case CHECK_THE_CODE ->
                    "No known statement gets more than 2 % slower; look at the code for rare ones.";
            case NEEDED -> "Keep it: " + verdict.reasons().getFirst() + ".";
            case INCONCLUSIVE ->
                    (result == null || result.slower()
                                    ? "It cannot be told"
                                    : "No known statement gets slower, but it cannot be told")
                            + ": "
                            + verdict.reasons().getFirst()
                            + ".";
        };
    }
}
