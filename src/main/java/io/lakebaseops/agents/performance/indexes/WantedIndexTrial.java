package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.twin.NewIndex;
import io.lakebaseops.twin.TwinDatabase;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Plans one statement without and with an index that is not there, in the planner twin.
final class WantedIndexTrial {
    private static final int FILLFACTOR = 90;

    private final SqlLibrary sql;
    private final ReadSession session;

    WantedIndexTrial(SqlLibrary sql, ReadSession session) {
        this.sql = sql;
        this.session = session;
    }

    /// Empty where the table is gone or there is no plan.
    Optional<Map.Entry<WantedIndex, WantedIndex.Answer>> of(
            WantedIndex wanted, TwinDatabase twin, Deadline deadline) {
        deadline.check("Planning with an index");
        var table =
                session
                        .query(
                                IndexSql.TABLES,
                                Map.of(
                                        "schema_name",
                                        wanted.schema(),
                                        "table_name",
                                        wanted.table()),
                                CatalogTable.class)
                        .stream()
                        .filter(t -> t.tableName().equals(wanted.table()))
                        .filter(t -> t.schemaName().equals(wanted.schema()))
                        .findFirst();
        var before = twin.plan(wanted.statement());
        if (table.isEmpty() || !before.made()) {
            return Optional.empty();
        }
        var name =
                IndexNames.another(
                                Ident.of(
                                        wanted.schema(),
                                        IndexNames.onColumns(wanted.table(), wanted.keys())))
                        .parts()
                        .getLast();
        var index =
                new NewIndex(
                        wanted.schema(),
                        wanted.table(),
                        name,
                        CreateIndexPlans.statement(
                                sql,
                                true,
                                name,
                                Ident.of(wanted.schema(), wanted.table()),
                                wanted.keys()),
                        pages(table.get(), wanted.keys()),
                        null);
        return Optional.of(
                twin.trying(
                        List.of(index),
                        trials -> {
                            var after = twin.plan(wanted.statement());
                            Set<String> names =
                                    trials.namesInPlans(wanted.schema(), wanted.table(), name);
                            return Map.entry(
                                    wanted,
                                    new WantedIndex.Answer(
                                            before.cost(),
                                            after.made() ? after.cost() : before.cost(),
                                            after.made() && names.stream().anyMatch(after::uses)));
                        }));
    }

    private double pages(CatalogTable table, List<String> keys) {
        var known =
                session
                        .query(
                                IndexSql.COLUMN_STATISTICS,
                                Map.of("table_oids", List.of(table.tableOid())),
                                ColumnStatistics.class)
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        ColumnStatistics::columnName, c -> c, (a, _) -> a));
        var candidate = new IndexCandidate(keys, false, List.of(), null);
        return new BtreeSize(
                        candidate.stored(known), Math.max(1, table.rowCount()), FILLFACTOR, true)
                .pages(1, 1);
    }
}
