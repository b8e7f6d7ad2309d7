package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.agents.performance.indexes.ForeignKeyCover.Missing;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Finds foreign keys that make a delete in the parent read the whole child table, ranked by how
/// often the parent changes and how large the child is.
public final class DetectMissingFkIndexes
        implements ReadTool<DetectMissingFkIndexes.Input, DetectMissingFkIndexes.Output> {
    public static final String KIND = "missing_fk_index";

    /// The floor below which reading the whole child is cheap.
    private static final long SMALL_ROWS = 1_000;

    private static final long SMALL_BYTES = 8L << 20;

    private final Targets targets;
    private final SqlLibrary sql;

    public DetectMissingFkIndexes(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    public record Input() {}

    public record Output(int databases, int foreignKeys, List<Gap> gaps) {
        public Output {
            gaps = List.copyOf(gaps);
        }
    }

    /// @param parentChanges deletes and updates on the parent since the statistics began
    public record Gap(
            String database,
            String schema,
            String table,
            String constraint,
            List<String> columns,
            String parent,
            long childRows,
            long childBytes,
            long parentChanges) {
        public Gap {
            columns = List.copyOf(columns);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                DetectMissingFkIndexes.class,
                "Finds foreign keys whose child rows no index finds",
                "B.indexes");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return IndexCheck.run(
                targets,
                context,
                (catalog, _) -> judge(catalog, context),
                DetectMissingFkIndexes::output,
                List.of(KIND));
    }

    @Override
    public Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        return IndexPlans.of(targets, sql, database, findings, context);
    }

    static Output output(List<Judged<Gap>> databases) {
        return new Output(
                databases.size(),
                databases.stream().mapToInt(Judged::checked).sum(),
                databases.stream().flatMap(d -> d.results().stream()).toList());
    }

    Judged<Gap> judge(IndexCatalog catalog, ToolContext context) {
        var keys = catalog.foreignKeys();
        var missing = ForeignKeyCover.missing(keys);
        var database = catalog.database();
        return new Judged<>(
                (int)
                        keys.stream()
                                .filter(k -> !k.isCopy() && k.parentConstraintOid() == null)
                                .count(),
                missing.stream().map(m -> gap(database, m)).toList(),
                missing.stream().map(m -> finding(catalog, m, context)).toList(),
                Stream.concat(catalog.caveats().stream(), catalog.resetCaveats().stream()).toList(),
                catalog.unread().isEmpty());
    }

    private static Gap gap(String database, Missing m) {
        var k = m.key();
        return new Gap(
                database,
                k.schemaName(),
                k.tableName(),
                k.constraintName(),
                k.columns(),
                k.parentSchema() + "." + k.parentTable(),
                m.childRows(),
                m.childBytes(),
                k.parentChanges());
    }

    private Finding finding(IndexCatalog catalog, Missing m, ToolContext context) {
        var database = catalog.database();
        var skip = SkipScan.of(catalog, m.key());
        var now = context.clock().instant();
        var k = m.key();
        boolean large = m.childRows() >= SMALL_ROWS && m.childBytes() >= SMALL_BYTES;
        return Finding.of(
                        context.target(),
                        KIND,
                        large ? Severity.WARNING : Severity.INFO,
                        new Subject(
                                "foreign_key",
                                database,
                                k.schemaName(),
                                k.tableName(),
                                k.constraintName()),
                        summary(m) + skip.map(i -> "; " + SkipScan.words(i)).orElse(""),
                        skip.isPresent()
                                ? new Confidence(
                                        0.5, "a skip scan of PostgreSQL 18 may do without it")
                                : confidence(m),
                        CreateIndexPlans.statement(
                                sql,
                                k.isPartitioned(),
                                IndexNames.of(k.tableName(), k.columns()),
                                Ident.of(k.schemaName(), k.tableName()),
                                k.columns()),
                        CheckSql.of(
                                sql,
                                IndexSql.TABLE_INDEXES,
                                Map.of("schema_name", k.schemaName(), "table_name", k.tableName())),
                        List.of(
                                new Evidence(
                                        IndexSql.FOREIGN_KEYS.path(),
                                        Map.of(),
                                        new Rows(List.of(row(m))),
                                        now)),
                        now)
                .worth(
                        NewIndexSize.impact(
                                m.childRows(), NewIndexSize.unknown(k.columns().size()), 0))
                .mendedBy(k.mayChange() ? remedy(database, m) : null);
    }

    private static CreateIndex remedy(String database, Missing m) {
        var k = m.key();
        return new CreateIndex(
                database,
                k.schemaName(),
                k.tableName(),
                k.isPartitioned(),
                m.childBytes(),
                k.columns(),
                "a delete or update in %s.%s finds its rows here instead of reading %s"
                        .formatted(k.parentSchema(), k.parentTable(), Format.size(m.childBytes())),
                k);
    }

    private static String summary(Missing m) {
        var k = m.key();
        var others =
                m.sameColumns().isEmpty()
                        ? ""
                        : " (also " + String.join(", ", m.sameColumns()) + ")";
        return "%s%s: no usable index of %s.%s leads with %s, so a delete or update in %s.%s reads all %s rows (%s); %s"
                .formatted(
                        k.constraintName(),
                        others,
                        k.schemaName(),
                        k.tableName(),
                        String.join(", ", k.columns()),
                        k.parentSchema(),
                        k.parentTable(),
                        Format.grouped(m.childRows()),
                        Format.size(m.childBytes()),
                        (k.parentChanges() == 0
                                        ? "none happened since the statistics were reset"
                                        : Format.grouped(k.parentChanges())
                                                + " happened since the statistics were reset")
                                + invalid(k));
    }

    /// Its name is not the one a new index gets, so it would stay unseen.
    private static String invalid(ForeignKey k) {
        return k.invalidIndexes().isEmpty()
                ? ""
                : "; %s would fit but is invalid: a build that failed left it behind, drop it"
                        .formatted(String.join(", ", k.invalidIndexes()));
    }

    private static Confidence confidence(Missing m) {
        return m.key().parentChanges() > 0
                ? new Confidence(0.95, "no usable index fits, and the parent is changed")
                : new Confidence(
                        0.7,
                        "no usable index fits; the parent has not been changed since the"
                                + " statistics began, so joins are the only gain known");
    }

    private static Map<String, @Nullable Object> row(Missing m) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("constraint_name", m.key().constraintName());
        row.put("columns", String.join(", ", m.key().columns()));
        row.put("partial_predicates", String.join("; ", m.key().partialPredicates()));
        row.put("child_rows", m.childRows());
        row.put("child_bytes", m.childBytes());
        row.put("child_changes", m.childChanges());
        row.put("parent_changes", m.key().parentChanges());
        row.put("is_partitioned", m.key().isPartitioned());
        return row;
    }
}
