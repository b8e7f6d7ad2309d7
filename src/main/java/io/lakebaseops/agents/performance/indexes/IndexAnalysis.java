package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.performance.indexes.DetectMissingIndexes.Workload;
import io.lakebaseops.agents.performance.indexes.RunFullIndexAnalysis.Invalid;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.IdleIndexes;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.state.IndexSummary;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The index checks on one database: one read, each object told by the check that says most.
final class IndexAnalysis {
    static final List<String> KINDS =
            List.of(
                    DetectUnusedIndexes.KIND,
                    DetectUnusedIndexes.FK_KIND,
                    DetectDuplicateIndexes.KIND,
                    DetectBloatedIndexes.KIND,
                    DetectMissingIndexes.KIND,
                    DetectMissingFkIndexes.KIND,
                    RunFullIndexAnalysis.INVALID_KIND);

    private final SqlLibrary sql;
    private final DetectUnusedIndexes unused;
    private final DetectDuplicateIndexes duplicates;
    private final DetectBloatedIndexes bloated;
    private final DetectMissingIndexes missing;
    private final DetectMissingFkIndexes foreignKeys;

    IndexAnalysis(Targets targets, SqlLibrary sql, IdleIndexes notes, Lakehouse lakehouse) {
        this.sql = sql;
        unused = new DetectUnusedIndexes(targets, sql, notes, lakehouse);
        duplicates = new DetectDuplicateIndexes(targets, sql);
        bloated = new DetectBloatedIndexes(targets, sql);
        missing = new DetectMissingIndexes(targets, sql);
        foreignKeys = new DetectMissingFkIndexes(targets, sql);
    }

    /// @param set the best set of indexes, where it was asked for and found
    /// @param countedSince when the counters of scans began; null when they were never reset
    /// @param open kinds that were not looked for completely
    /// @param failed checks that could not be carried out
    record OfDatabase(
            @Nullable Instant countedSince,
            int indexes,
            long indexBytes,
            Judged<DetectUnusedIndexes.Unused> unused,
            Judged<DetectDuplicateIndexes.Pair> duplicates,
            Judged<DetectBloatedIndexes.Bloated> bloated,
            Workload missing,
            Judged<DetectMissingFkIndexes.Gap> foreignKeys,
            Judged<Invalid> invalid,
            List<Finding> findings,
            Set<String> open,
            List<IndexSummary.Failed> failed,
            List<String> caveats,
            @Nullable IndexSet set)
            implements IndexCheck.Verdict {
        OfDatabase {
            findings = List.copyOf(findings);
            open = Set.copyOf(open);
            caveats = List.copyOf(caveats);
            failed = List.copyOf(failed);
        }

        OfDatabase with(@Nullable IndexSet best, List<String> limits) {
            var all = new ArrayList<>(caveats);
            all.addAll(limits);
            return new OfDatabase(
                    countedSince,
                    indexes,
                    indexBytes,
                    unused,
                    duplicates,
                    bloated,
                    missing,
                    foreignKeys,
                    invalid,
                    findings,
                    open,
                    failed,
                    all,
                    best);
        }

        /// Each index once: a finding tells what mending it frees, and `once` tells no bytes twice.
        long wastedBytes() {
            return findings.stream()
                    .map(Finding::impact)
                    .filter(Objects::nonNull)
                    .mapToLong(i -> Math.max(0, i.bytesFreed()))
                    .sum();
        }

        @Override
        public boolean covers(String kind) {
            return !open.contains(kind);
        }
    }

    OfDatabase of(
            IndexCatalog catalog,
            ReadSession session,
            RunFullIndexAnalysis.Input input,
            ToolContext context) {
        var checks = new Checks(catalog.database(), context);
        var same = duplicates.judge(catalog, context);
        var keys = foreignKeys.judge(catalog, context);
        Judged<DetectUnusedIndexes.Unused> idle =
                checks.run(
                        DetectUnusedIndexes.KIND,
                        () -> unused.judge(catalog, input.days(), context),
                        Judged.none());
        Judged<DetectBloatedIndexes.Bloated> hollow =
                checks.run(
                        DetectBloatedIndexes.KIND,
                        () -> bloated.judge(catalog, session, input.ratio(), context),
                        Judged.none());
        var lacking =
                checks.run(
                        DetectMissingIndexes.KIND,
                        () -> missing.judge(catalog, session, input.top(), context),
                        new Workload(Judged.none(), List.of(), 0));
        if (!lacking.judged().complete()) {
            checks.open.add(DetectMissingIndexes.KIND);
        }
        Judged<Invalid> broken =
                checks.run(
                        RunFullIndexAnalysis.INVALID_KIND,
                        () -> invalid(catalog, session, context),
                        Judged.none());
        if (!catalog.unread().isEmpty()) {
            // What was not seen is not taken for mended.
            checks.open.addAll(KINDS);
        }
        checks.caveats.addAll(idle.caveats());
        checks.caveats.addAll(hollow.caveats());
        checks.caveats.addAll(lacking.judged().caveats());
        var findings = once(catalog, same, keys, idle, hollow, lacking, broken);
        return new OfDatabase(
                catalog.countedSince(),
                catalog.indexes().size(),
                catalog.indexes().stream()
                        .map(IndexShape::row)
                        .filter(r -> !r.isAttached())
                        .mapToLong(IndexShape.Row::indexBytes)
                        .sum(),
                idle,
                same,
                hollow,
                lacking,
                keys,
                broken,
                findings,
                checks.open,
                checks.failed,
                checks.caveats.stream().distinct().toList(),
                null);
    }

    /// A check that fails is told and left open; the others go on.
    private static final class Checks {
        private final String database;
        private final ToolContext context;
        private final Set<String> open = new HashSet<>();
        private final List<IndexSummary.Failed> failed = new ArrayList<>();
        private final List<String> caveats = new ArrayList<>();

        Checks(String database, ToolContext context) {
            this.database = database;
            this.context = context;
        }

        <T> T run(String kind, Supplier<T> check, T nothing) {
            try {
                return check.get();
            } catch (OpsException e) {
                if (PerDatabase.endsAll(e, context)) {
                    throw e;
                }
                open.add(kind);
                if (kind.equals(DetectUnusedIndexes.KIND)) {
                    open.add(DetectUnusedIndexes.FK_KIND);
                }
                failed.add(new IndexSummary.Failed(kind, e.why()));
                caveats.add(
                        "%s: the check for %s failed: %s"
                                .formatted(database, kind.replace('_', ' '), e.why()));
                return nothing;
            }
        }
    }

    private record Maintained(long tableOid) {}

    private Judged<Invalid> invalid(
            IndexCatalog catalog, ReadSession session, ToolContext context) {
        if (catalog.indexes().stream().allMatch(i -> i.row().isUsable())) {
            return Judged.none();
        }
        var maintained =
                session.query(IndexSql.MAINTAINED_TABLES, Map.of(), Maintained.class).stream()
                        .map(Maintained::tableOid)
                        .collect(Collectors.toSet());
        var found = InvalidIndexCheck.among(catalog, maintained);
        return new Judged<>(
                catalog.indexes().size(),
                found.stream()
                        .map(
                                i -> {
                                    var row = i.index().row();
                                    return new Invalid(
                                            catalog.database(),
                                            row.schemaName(),
                                            row.tableName(),
                                            row.indexName(),
                                            row.indexBytes(),
                                            i.drop(),
                                            i.why());
                                })
                        .toList(),
                found.stream().map(i -> finding(catalog.database(), i, context)).toList());
    }

    private Finding finding(
            String database, InvalidIndexCheck.Invalid invalid, ToolContext context) {
        var row = invalid.index().row();
        var now = context.clock().instant();
        var part = RepairIndex.Part.of(invalid.index());
        var statement = invalid.drop() ? IndexSql.DROP_CONCURRENTLY : IndexSql.REINDEX;
        return Finding.of(
                        context.target(),
                        RunFullIndexAnalysis.INVALID_KIND,
                        Severity.WARNING,
                        Subject.index(database, row.schemaName(), row.tableName(), row.indexName()),
                        "%s %s on %s.%s is invalid: no query uses it, every write maintains its %s; %s"
                                .formatted(
                                        row.indexName(),
                                        invalid.index().keyWords(),
                                        row.schemaName(),
                                        row.tableName(),
                                        Format.size(row.indexBytes()),
                                        invalid.why()),
                        new Confidence(1, "the catalog says so, and nobody is building it"),
                        sql.render(statement, Map.of("index", part.index())).text(),
                        CheckSql.of(
                                sql,
                                IndexSql.TABLE_INDEXES,
                                Map.of(
                                        "schema_name",
                                        row.schemaName(),
                                        "table_name",
                                        row.tableName())),
                        List.of(
                                new Evidence(
                                        IndexSql.INDEXES.path(),
                                        Map.of(),
                                        new Rows(
                                                List.of(
                                                        Map.of(
                                                                "index_name",
                                                                row.indexName(),
                                                                "is_valid",
                                                                row.isValid(),
                                                                "index_bytes",
                                                                row.indexBytes()))),
                                        now)),
                        now)
                .worth(Impact.frees(row.indexBytes()))
                .mendedBy(
                        row.mayChange()
                                ? new RepairIndex(database, List.of(part), invalid.drop())
                                : null);
    }

    /// An index that goes is not called bloated as well, a duplicate not unused, and an index that
    /// a foreign key lacks is asked for once.
    private static List<Finding> once(
            IndexCatalog catalog,
            Judged<DetectDuplicateIndexes.Pair> same,
            Judged<DetectMissingFkIndexes.Gap> keys,
            Judged<DetectUnusedIndexes.Unused> idle,
            Judged<DetectBloatedIndexes.Bloated> hollow,
            Workload lacking,
            Judged<Invalid> broken) {
        var all = new ArrayList<Finding>();
        all.addAll(broken.findings());
        all.addAll(same.findings());
        var told = new HashSet<Subject>();
        same.findings().forEach(f -> told.add(f.subject()));
        for (var finding : idle.findings()) {
            if (!told.contains(finding.subject())) {
                all.add(finding);
            }
            if (finding.remedy() != null) {
                told.add(finding.subject());
            }
        }
        hollow.findings().stream().filter(f -> !told.contains(f.subject())).forEach(all::add);
        all.addAll(keys.findings());
        var wanted =
                keys.results().stream()
                        .map(g -> g.schema() + "." + g.table() + new HashSet<>(g.columns()))
                        .collect(Collectors.toSet());
        var suggested =
                lacking.judged().results().stream()
                        .filter(
                                s ->
                                        wanted.contains(
                                                s.schema()
                                                        + "."
                                                        + s.table()
                                                        + new HashSet<>(s.keys())))
                        .map(
                                s ->
                                        Subject.index(
                                                catalog.database(),
                                                s.schema(),
                                                s.table(),
                                                s.index()))
                        .collect(Collectors.toSet());
        lacking.judged().findings().stream()
                .filter(f -> !suggested.contains(f.subject()))
                .forEach(all::add);
        return all;
    }
}
