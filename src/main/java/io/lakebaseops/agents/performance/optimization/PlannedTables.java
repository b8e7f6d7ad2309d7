package io.lakebaseops.agents.performance.optimization;

import io.lakebaseops.explain.PlanNode;
import io.lakebaseops.explain.TableFact;
import io.lakebaseops.explain.TableFacts;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tables that a set of plans reads as the catalog describes them, read by two queries whatever
/// the number of plans.
record PlannedTables(Map<Name, TableFact> facts) implements TableFacts {
    PlannedTables {
        facts = Map.copyOf(facts);
    }

    record Name(String schema, String table) {}

    private record TableRow(
            String schemaName,
            String tableName,
            double tableRows,
            double changedRows,
            @Nullable Instant analyzed,
            List<String> columns,
            List<String> columnTypes,
            List<String> extendedStatistics) {}

    private record IndexRow(
            String schemaName,
            String tableName,
            String indexName,
            String method,
            List<String> keys,
            @Nullable String predicate,
            boolean patterns) {}

    static PlannedTables of(Collection<PlanNode> roots, ReadSession session) {
        var names = new LinkedHashSet<Name>();
        roots.stream()
                .flatMap(PlanNode::all)
                .forEach(
                        n -> {
                            var schema = n.text("Schema");
                            var table = n.text("Relation Name");
                            if (schema != null && table != null) {
                                names.add(new Name(schema, table));
                            }
                        });
        if (names.isEmpty()) {
            return new PlannedTables(Map.of());
        }
        var asked =
                Map.of(
                        "schema_names", names.stream().map(Name::schema).toList(),
                        "table_names", names.stream().map(Name::table).toList());
        var indexes = new HashMap<Name, List<TableFact.IndexFact>>();
        for (var row : session.query(OptimizationSql.PLAN_INDEXES, asked, IndexRow.class)) {
            indexes.computeIfAbsent(
                            new Name(row.schemaName(), row.tableName()), _ -> new ArrayList<>())
                    .add(
                            new TableFact.IndexFact(
                                    row.indexName(),
                                    row.method(),
                                    row.keys(),
                                    row.predicate(),
                                    row.patterns()));
        }
        var facts = new HashMap<Name, TableFact>();
        for (var row : session.query(OptimizationSql.PLAN_TABLES, asked, TableRow.class)) {
            var name = new Name(row.schemaName(), row.tableName());
            facts.put(name, fact(row, indexes.getOrDefault(name, List.of())));
        }
        return new PlannedTables(facts);
    }

    private static TableFact fact(TableRow row, List<TableFact.IndexFact> indexes) {
        var types = new HashMap<String, String>();
        for (int i = 0; i < row.columns().size(); i++) {
            types.put(row.columns().get(i), row.columnTypes().get(i));
        }
        return new TableFact(
                row.schemaName(),
                row.tableName(),
                row.tableRows(),
                row.changedRows(),
                row.analyzed(),
                types,
                indexes,
                row.extendedStatistics().stream()
                        .map(columns -> Set.of(columns.split(",")))
                        .toList());
    }

    @Override
    public Optional<TableFact> table(@Nullable String schema, String name) {
        return schema == null
                ? Optional.empty()
                : Optional.ofNullable(facts.get(new Name(schema, name)));
    }
}
