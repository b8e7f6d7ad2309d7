package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.KnownStatements.Known;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.sqltext.SqlMask;
import io.lakebaseops.state.IndexSet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Columns that depend on each other, seen by a statement that found far more rows than the planner
/// expects of several equalities together: there extended statistics are the cure, and no index.
final class StatisticsIdeas {
    /// Rows found for each that is expected, from which the plan itself goes wrong.
    private static final double FAR = 10;

    private static final double LEAST_ROWS = 100;

    private StatisticsIdeas() {}

    static List<IndexSet.Statistics> of(IndexCatalog catalog, List<Known> statements) {
        var told = new LinkedHashSet<List<String>>();
        var ideas = new ArrayList<IndexSet.Statistics>();
        for (var known : statements) {
            var root = known.root();
            double found =
                    known.statement().rows() / (double) Math.max(1, known.statement().calls());
            // Only where the statement returns what its one scan finds.
            if (!root.scan() || found < LEAST_ROWS || found < FAR * known.now().rows()) {
                continue;
            }
            var table =
                    catalog.tables().values().stream()
                            .filter(
                                    t ->
                                            (t.schemaName() + "." + t.tableName())
                                                    .equals(root.table()))
                            .findFirst();
            var uses = TableUse.of(root, Set.of(String.valueOf(root.table())));
            var columns =
                    uses.isEmpty()
                            ? List.<String>of()
                            : uses.getFirst().equal().stream().sorted().toList();
            if (table.isEmpty()
                    || columns.size() < 2
                    || !uses.getFirst().range().isEmpty()
                    || !told.add(columns)) {
                continue;
            }
            ideas.add(idea(table.get(), columns, known, found));
        }
        return ideas;
    }

    private static IndexSet.Statistics idea(
            CatalogTable table, List<String> columns, Known known, double found) {
        var name = IndexNames.onColumns(table.tableName(), columns).replaceFirst("_idx$", "_stat");
        var list = String.join(", ", columns.stream().map(c -> Ident.of(c).sql()).toList());
        return new IndexSet.Statistics(
                table.schemaName(),
                table.tableName(),
                columns,
                "CREATE STATISTICS %s (dependencies, ndistinct, mcv) ON %s FROM %s; ANALYZE %s"
                        .formatted(
                                Ident.of(table.schemaName(), name).sql(),
                                list,
                                Ident.of(table.schemaName(), table.tableName()).sql(),
                                Ident.of(table.schemaName(), table.tableName()).sql()),
                known.now().rows(),
                found,
                SqlMask.mask(known.text()));
    }
}
