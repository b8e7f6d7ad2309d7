package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.DropCertificate;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds indexes that do only what another index of the same table does already. Names the one to
/// keep and why; see [Redundancy] for what counts as the same.
public final class DetectDuplicateIndexes
        implements ReadTool<DetectDuplicateIndexes.Input, DetectDuplicateIndexes.Output> {
    public static final String KIND = "duplicate_index";

    private final Targets targets;
    private final SqlLibrary sql;
    private final @Nullable IndexTwin twin;

    /// Without certificates.
    public DetectDuplicateIndexes(Targets targets, SqlLibrary sql) {
        this(targets, sql, null);
    }

    public DetectDuplicateIndexes(Targets targets, SqlLibrary sql, @Nullable IndexTwin twin) {
        this.targets = targets;
        this.sql = sql;
        this.twin = twin;
    }

    public record Input(
            @Doc(value = Certified.HOW_MANY, defaultValue = "3") int twin,
            @Doc(Certified.WHICH) @Nullable String index) {
        /// Without certificates.
        public Input() {
            this(0, null);
        }
    }

    /// @param reclaimableBytes held by the superfluous ones
    /// @param certificates what would change without them, computed in the planner twin
    public record Output(
            int databases,
            int indexes,
            long reclaimableBytes,
            List<Pair> pairs,
            List<DropCertificate> certificates) {
        public Output {
            pairs = List.copyOf(pairs);
            certificates = List.copyOf(certificates);
        }
    }

    /// @param kind `same`, `narrower` (the other includes more columns), `prefix` or `referenced`
    ///     (by foreign keys, which must be moved first)
    public record Pair(
            String database,
            String schema,
            String table,
            String redundant,
            String keep,
            String kind,
            String keys,
            long bytes,
            long scans) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                DetectDuplicateIndexes.class,
                "Finds indexes that repeat another one or are the beginning of it",
                "B.indexes");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return IndexCheck.run(
                targets,
                context,
                (catalog, session) ->
                        Certified.of(
                                judge(catalog, context),
                                Certified.wanted(grounds(catalog), input.twin(), input.index()),
                                twin,
                                catalog,
                                session,
                                context),
                all -> output(Certified.judged(all), Certified.certificates(all)),
                List.of(KIND));
    }

    @Override
    public Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        return IndexPlans.of(targets, sql, database, findings, context);
    }

    static List<CertificateRules.Ground> grounds(IndexCatalog catalog) {
        return catalog.byTable().values().stream()
                .flatMap(t -> Redundancy.among(t).stream())
                .<CertificateRules.Ground>map(CertificateRules.Ground.Redundant::new)
                .toList();
    }

    static Output output(List<Judged<Pair>> databases, List<DropCertificate> certificates) {
        var pairs = databases.stream().flatMap(d -> d.results().stream()).toList();
        return new Output(
                databases.size(),
                databases.stream().mapToInt(Judged::checked).sum(),
                pairs.stream().mapToLong(Pair::bytes).sum(),
                pairs,
                certificates);
    }

    Judged<Pair> judge(IndexCatalog catalog, ToolContext context) {
        var byTable = catalog.byTable().values();
        var superfluous = byTable.stream().flatMap(t -> Redundancy.among(t).stream()).toList();
        return new Judged<>(
                byTable.stream().mapToInt(List::size).filter(n -> n > 1).sum(),
                superfluous.stream().map(r -> pair(catalog.database(), r)).toList(),
                superfluous.stream().map(r -> finding(catalog, r, context)).toList(),
                Stream.concat(catalog.caveats().stream(), catalog.resetCaveats().stream()).toList(),
                catalog.unread().isEmpty());
    }

    private static Pair pair(String database, Redundancy r) {
        var d = r.redundant().row();
        return new Pair(
                database,
                d.schemaName(),
                d.tableName(),
                d.indexName(),
                r.keep().row().indexName(),
                r.kindWord(),
                r.redundant().keyWords(),
                d.indexBytes(),
                d.scans());
    }

    private Finding finding(IndexCatalog catalog, Redundancy r, ToolContext context) {
        var database = catalog.database();
        var now = context.clock().instant();
        var d = r.redundant().row();
        var table = Map.of("schema_name", d.schemaName(), "table_name", d.tableName());
        var rows = List.of(row(r.redundant(), r.kindWord()), row(r.keep(), "kept"));
        // A constraint goes with its index, and a table of others is not ours: that is for a
        // person.
        boolean ours =
                d.mayChange()
                        && d.constraintName() == null
                        && r.kind() != Redundancy.Kind.REFERENCED;
        var first = catalog.moves().getOrDefault(d.indexOid(), List.of());
        return Finding.of(
                        context.target(),
                        KIND,
                        d.indexBytes() >= IndexSteps.WASTE_FROM_BYTES
                                ? Severity.WARNING
                                : Severity.INFO,
                        Subject.index(database, d.schemaName(), d.tableName(), d.indexName()),
                        RedundancyWords.summary(r)
                                + RedundancyWords.moving(
                                        first.stream()
                                                .map(ForeignKeyMove::constraintName)
                                                .toList()),
                        RedundancyWords.confidence(r),
                        Stream.concat(
                                        first.stream().map(ForeignKeyMove::statements),
                                        Stream.of(DropIndexPlans.statement(sql, d)))
                                .collect(Collectors.joining(";\n")),
                        CheckSql.of(sql, IndexSql.TABLE_INDEXES, table),
                        List.of(
                                new Evidence(
                                        IndexSql.INDEXES.path(), Map.of(), new Rows(rows), now)),
                        now)
                .worth(Impact.frees(d.indexBytes()))
                .mendedBy(ours ? DropIndex.of(database, r) : null);
    }

    /// @param relation to the other one
    private static Map<String, @Nullable Object> row(IndexShape i, String relation) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("index_name", i.row().indexName());
        row.put("relation", relation);
        row.put("method", i.row().method());
        row.put("keys", i.keyWords());
        row.put("included", String.join(", ", i.included()));
        row.put("predicate", i.predicate());
        row.put("is_unique", i.row().isUnique());
        row.put("constraint_name", i.row().constraintName());
        row.put("index_bytes", i.row().indexBytes());
        row.put("scans", i.row().scans());
        row.put("last_idx_scan", i.row().lastIdxScan());
        return row;
    }
}
