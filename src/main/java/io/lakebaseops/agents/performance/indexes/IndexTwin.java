package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.performance.indexes.CertificateRules.Ground;
import io.lakebaseops.agents.performance.indexes.CertificateRules.Sight;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.IndexAdvice;
import io.lakebaseops.state.IndexSet;
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
import java.util.stream.Collectors;

/// Asks the planner twin about indexes: what would change without one, and what one would bring
/// that is not there. Only when somebody asks, for a few indexes at a time and within a time of its
/// own, since the twin must first be made.
public final class IndexTwin {
    private static final int MOST_TOLD = 50;

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /// Each is planned with each index of its tables.
    private static final int MOST_SEARCHED = 200;

    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(4);

    private final PlannerTwin twin;
    private final SqlLibrary sql;
    private final IndexAdvice advice;

    /// @param advice where sets and certificates are kept
    public IndexTwin(PlannerTwin twin, SqlLibrary sql, IndexAdvice advice) {
        this.twin = twin;
        this.sql = sql;
        this.advice = advice;
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
        var answer =
                asked(
                        catalog.database(),
                        session,
                        grounds.stream().map(g -> table(g.index())).collect(Collectors.toSet()),
                        context,
                        LONGEST,
                        (database, deadline) -> {
                            var workload = CountedStatements.read(session);
                            var replay = replay(catalog, session, database, workload, deadline);
                            return grounds.stream()
                                    .map(
                                            g ->
                                                    certificate(
                                                            catalog, g, database, workload, replay,
                                                            context))
                                    .toList();
                        });
        keep(catalog, answer.list(), context);
        return answer;
    }

    private void keep(IndexCatalog catalog, List<DropCertificate> made, ToolContext context) {
        made.forEach(c -> CertificateBasis.keep(advice, context.target(), catalog, c));
    }

    /// Certificates whose basis has changed hold no longer.
    void check(IndexCatalog catalog, ToolContext context) {
        CertificateBasis.check(advice, context.target(), catalog);
    }

    /// What these suggestions would bring, by the planner.
    Answer<WhatIf> tried(
            IndexCatalog catalog,
            ReadSession session,
            List<MissingIndexCheck.Missing> missing,
            ToolContext context) {
        if (missing.isEmpty()) {
            return new Answer<>(List.of(), List.of());
        }
        return asked(
                catalog.database(),
                session,
                missing.stream()
                        .flatMap(m -> TableFamily.of(catalog, m.table()).names().stream())
                        .collect(Collectors.toSet()),
                context,
                LONGEST,
                (database, deadline) ->
                        missing.stream()
                                .map(
                                        m ->
                                                new IndexTrial(sql, database, deadline)
                                                        .of(
                                                                catalog.database(),
                                                                m,
                                                                TableFamily.of(catalog, m.table()),
                                                                context.clock().instant()))
                                .toList());
    }

    /// What is known of how long indexes were watched, before one may go that the set does without.
    ///
    /// @param idle since when an index shows no scan, by `schema.name`
    /// @param least time that statements must have been counted and such an index watched
    record Watch(Map<String, Instant> idle, Duration least) {
        Watch {
            idle = Map.copyOf(idle);
        }
    }

    /// The best set of indexes of a database, with a certificate for each one to drop.
    Answer<IndexSet> searched(
            IndexCatalog catalog, ReadSession session, Watch watch, ToolContext context) {
        var answer =
                asked(
                        catalog.database(),
                        session,
                        Set.of(),
                        context,
                        LONGEST_SEARCH,
                        (database, deadline) -> {
                            var workload = CountedStatements.read(session);
                            var statements = workload.byText(MOST_SEARCHED);
                            var oids = List.copyOf(catalog.tables().keySet());
                            var columns =
                                    session.query(
                                            IndexSql.COLUMN_STATISTICS,
                                            Map.of("table_oids", oids),
                                            ColumnStatistics.class);
                            var set =
                                    new IndexSetSearch(
                                                    catalog,
                                                    database,
                                                    columns,
                                                    early(catalog, workload, watch),
                                                    deadline)
                                            .of(
                                                    statements,
                                                    dropped -> {
                                                        var replay =
                                                                replay(
                                                                        catalog, session, database,
                                                                        workload, deadline);
                                                        return dropped.stream()
                                                                .map(
                                                                        i ->
                                                                                certificate(
                                                                                        catalog,
                                                                                        outside(
                                                                                                catalog,
                                                                                                i,
                                                                                                watch,
                                                                                                context),
                                                                                        database,
                                                                                        workload,
                                                                                        replay,
                                                                                        context))
                                                                .toList();
                                                    },
                                                    context.clock().instant());
                            return List.of(set);
                        });
        for (var set : answer.list()) {
            advice.put(context.target(), set);
            keep(catalog, set.certificates(), context);
        }
        return answer;
    }

    private static List<String> early(
            IndexCatalog catalog, CountedStatements workload, Watch watch) {
        var why =
                CertificateRules.tooEarly(workload.since(), catalog.counting().at(), watch.least());
        return why == null ? List.of() : List.of("no index may go yet: " + why);
    }

    /// A small index is noted nowhere: its clock runs since the first search that left it out.
    private Ground outside(
            IndexCatalog catalog, IndexShape index, Watch watch, ToolContext context) {
        var row = index.row();
        var at = catalog.counting().at();
        var since = watch.idle().get(row.schemaName() + "." + row.indexName());
        if (since == null) {
            since =
                    advice.certificate(
                                    context.target(),
                                    catalog.database(),
                                    row.schemaName(),
                                    row.indexName())
                            .filter(k -> CertificateBasis.sameIndex(k.basis(), catalog, index))
                            .map(k -> k.certificate().since())
                            .orElse(at);
        }
        var counted = catalog.countedSince();
        return new Ground.NotInSet(
                index, counted != null && counted.isAfter(since) ? counted : since, watch.least());
    }

    private static StatementReplay replay(
            IndexCatalog catalog,
            ReadSession session,
            TwinDatabase database,
            CountedStatements workload,
            Deadline deadline) {
        return new StatementReplay(
                database, session, new StatementScope(catalog), workload.plannable(), deadline);
    }

    /// What the planner makes of indexes that single statements want.
    ///
    /// @param caveats filled with what limits the answers
    public Map<WantedIndex, WantedIndex.Answer> planned(
            ReadSession session,
            List<WantedIndex> wanted,
            List<String> caveats,
            ToolContext context) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        var trial = new WantedIndexTrial(sql, session);
        var answer =
                asked(
                        session.database(),
                        session,
                        wanted.stream()
                                .map(w -> w.schema() + "." + w.table())
                                .collect(Collectors.toSet()),
                        context,
                        LONGEST,
                        (database, deadline) ->
                                wanted.stream()
                                        .flatMap(w -> trial.of(w, database, deadline).stream())
                                        .toList());
        caveats.addAll(answer.caveats());
        return answer.list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a));
    }

    private interface Question<T> {
        List<T> ask(TwinDatabase database, Deadline deadline);
    }

    /// Whatever goes wrong here costs the tool nothing but the answer.
    private <T> Answer<T> asked(
            String name,
            ReadSession session,
            Set<String> tables,
            ToolContext context,
            Duration longest,
            Question<T> question) {
        var rest = context.deadline().remaining();
        var deadline = Deadline.in(rest.compareTo(longest) < 0 ? rest : longest);
        try (var _ = context.deadline().onCancel(deadline::cancel)) {
            var caveats = new ArrayList<String>();
            Function<TwinDatabase, List<T>> work =
                    database -> {
                        database.caveats().forEach(c -> caveats.add(name + ": " + c));
                        return question.ask(database, deadline);
                    };
            return new Answer<>(
                    twin.use(context.target(), session, tables, deadline, work), caveats);
        } catch (OpsException e) {
            if (PerDatabase.endsAll(e, context)) {
                throw e;
            }
            return new Answer<>(
                    List.of(), List.of("%s: not planned in the twin: %s".formatted(name, e.why())));
        }
    }

    /// Deletes the statistics it holds.
    void forget() {
        twin.delete();
    }

    private static String table(IndexShape index) {
        return index.row().schemaName() + "." + index.row().tableName();
    }

    private static DropCertificate certificate(
            IndexCatalog catalog,
            Ground ground,
            TwinDatabase database,
            CountedStatements workload,
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
                        workload.all(),
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
                switch (ground) {
                    case Ground.Unused unused -> unused.idle().since();
                    case Ground.NotInSet outside -> row.scans() == 0 ? outside.since() : null;
                    case Ground.Redundant _ -> null;
                },
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
