package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Impact;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Finds B-tree indexes that are much larger than they would be if they were built anew. The
/// estimate knows alignment and merged keys and says how far it may be wrong; where pgstattuple is
/// installed, what it suspects is measured.
public final class DetectBloatedIndexes
        implements ReadTool<DetectBloatedIndexes.Input, DetectBloatedIndexes.Output> {
    public static final String KIND = "bloated_index";

    private final Targets targets;
    private final SqlLibrary sql;

    public DetectBloatedIndexes(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    public record Input(
            @Doc(
                            value = "Actual over expected size from which an index is reported",
                            defaultValue = "2.0")
                    double ratio) {
        public Input {
            if (!(ratio > 1)) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Looking for bloated indexes",
                        "ratio is " + ratio,
                        "give a ratio above 1");
            }
        }
    }

    /// @param indexes looked at: B-trees of a megabyte and more
    public record Output(int databases, int indexes, long wastedBytes, List<Bloated> bloated) {
        public Output {
            bloated = List.copyOf(bloated);
        }
    }

    /// @param wastedShare of the file, 0 to 1, with its bounds
    /// @param measured by pgstattuple, not estimated
    /// @param partOf the partitioned index it belongs to, null for none
    public record Bloated(
            String database,
            String schema,
            String table,
            String index,
            @Nullable String partOf,
            long bytes,
            long wastedBytes,
            double wastedShare,
            double leastShare,
            double mostShare,
            double ratio,
            boolean measured) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                DetectBloatedIndexes.class,
                "Finds B-tree indexes much larger than a rebuild would make them",
                "B.indexes");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return IndexCheck.run(
                targets,
                context,
                (catalog, session) -> judge(catalog, session, input.ratio(), context),
                DetectBloatedIndexes::output,
                List.of(KIND));
    }

    @Override
    public Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        return IndexPlans.of(targets, sql, database, findings, context);
    }

    static Output output(List<Judged<Bloated>> databases) {
        var all = databases.stream().flatMap(d -> d.results().stream()).toList();
        return new Output(
                databases.size(),
                databases.stream().mapToInt(Judged::checked).sum(),
                all.stream().mapToLong(Bloated::wastedBytes).sum(),
                all);
    }

    Judged<Bloated> judge(
            IndexCatalog catalog, ReadSession session, double ratio, ToolContext context) {
        var check = new IndexBloatCheck(catalog, session, context);
        var bloated = check.bloated(ratio);
        var names = catalog.names();
        return new Judged<>(
                check.checked(),
                bloated.stream().map(b -> result(catalog, b, names)).toList(),
                check.byIndex(bloated).stream().map(b -> finding(catalog, b, context)).toList(),
                Stream.concat(check.caveats().stream(), catalog.caveats().stream()).toList(),
                catalog.unread().isEmpty());
    }

    private static Bloated result(IndexCatalog catalog, IndexBloat b, Map<Long, String> names) {
        var row = b.index().row();
        return new Bloated(
                catalog.database(),
                row.schemaName(),
                row.tableName(),
                row.indexName(),
                row.parentOid() == null ? null : names.get(row.parentOid()),
                b.bytes(),
                b.wastedBytes(),
                b.wasted(),
                b.leastWasted(),
                b.mostWasted(),
                b.ratio(),
                b.measured());
    }

    private Finding finding(
            IndexCatalog catalog, IndexBloatCheck.OfIndex bloat, ToolContext context) {
        var now = context.clock().instant();
        var row = bloat.top().row();
        var worst = bloat.parts().getFirst();
        var part = worst.index().row();
        boolean ours = row.mayChange() || mayMaintain(context);
        return Finding.of(
                        context.target(),
                        KIND,
                        Severity.WARNING,
                        Subject.index(
                                catalog.database(),
                                row.schemaName(),
                                row.tableName(),
                                row.indexName()),
                        summary(bloat),
                        worst.measured()
                                ? new Confidence(0.95, "measured by pgstattuple on its pages")
                                : new Confidence(
                                        0.8,
                                        "an estimate from column statistics; even if it is as wrong as it may be, a rebuild is worth it"),
                        sql.render(
                                        IndexSql.REINDEX,
                                        Map.of(
                                                "index",
                                                Ident.of(part.schemaName(), part.indexName())))
                                .text(),
                        CheckSql.of(
                                sql,
                                IndexSql.TABLE_INDEXES,
                                Map.of(
                                        "schema_name",
                                        row.schemaName(),
                                        "table_name",
                                        part.tableName())),
                        List.of(
                                new Evidence(
                                        (worst.measured()
                                                        ? IndexSql.MEASURED
                                                        : IndexSql.KEY_STATISTICS)
                                                .path(),
                                        Map.of(),
                                        new Rows(
                                                bloat.parts().stream()
                                                        .limit(20)
                                                        .map(DetectBloatedIndexes::row)
                                                        .toList()),
                                        now)),
                        now)
                .worth(
                        new Impact(
                                bloat.parts().stream().mapToLong(IndexBloat::wastedBytes).sum(),
                                bloat.parts().stream().mapToLong(IndexBloat::errorBytes).sum(),
                                0))
                .mendedBy(
                        ours
                                ? new RepairIndex(
                                        catalog.database(),
                                        bloat.parts().stream()
                                                .map(b -> RepairIndex.Part.of(b.index()))
                                                .toList(),
                                        false)
                                : null);
    }

    /// Only the owner's roles and pg_maintain may rebuild; who may not, gets no plan.
    private boolean mayMaintain(ToolContext context) {
        return targets.capabilities(context.target(), context.deadline()).canMaintain();
    }

    private static String summary(IndexBloatCheck.OfIndex bloat) {
        var worst = bloat.parts().getFirst();
        var row = bloat.top().row();
        long bytes = bloat.parts().stream().mapToLong(IndexBloat::bytes).sum();
        long wasted = bloat.parts().stream().mapToLong(IndexBloat::wastedBytes).sum();
        return "%s on %s.%s: %s of %s would be free after a rebuild%s; %d %% ± %d of the file, %s"
                .formatted(
                        row.indexName(),
                        row.schemaName(),
                        row.tableName(),
                        Format.size(wasted),
                        Format.size(bytes),
                        bloat.parts().size() > 1
                                ? " of %d parts".formatted(bloat.parts().size())
                                : "",
                        Math.round(50 * (worst.leastWasted() + worst.mostWasted())),
                        Math.max(1, Math.round(50 * (worst.mostWasted() - worst.leastWasted()))),
                        worst.measured() ? "measured" : "estimated");
    }

    private static Map<String, @Nullable Object> row(IndexBloat b) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("index_name", b.index().row().indexName());
        row.put("index_bytes", b.bytes());
        row.put("entries", b.index().row().entries());
        row.put("expected_bytes", (long) b.expected());
        row.put("expected_low", (long) b.low());
        row.put("expected_high", (long) b.high());
        row.put("measured", b.measured());
        return row;
    }
}
