package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.sqltext.SqlNode;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.StatementKind;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/// A table with its partitions as one: rows, writes of its indexes an hour, and what updates cost
/// that would no longer be HOT.
///
/// @param parts the table itself first
/// @param hours that its writes were counted
record TableFamily(CatalogTable top, List<CatalogTable> parts, double hours) {
    TableFamily {
        parts = List.copyOf(parts);
    }

    static TableFamily of(IndexCatalog catalog, CatalogTable top) {
        var parts = new ArrayList<CatalogTable>();
        parts.add(top);
        for (int i = 0; i < parts.size(); i++) {
            long oid = parts.get(i).tableOid();
            catalog.tables().values().stream()
                    .filter(t -> t.parentOid() != null && t.parentOid() == oid)
                    .forEach(parts::add);
        }
        var counted = catalog.countedSince();
        Instant since = counted == null ? catalog.counting().serverStart() : counted;
        return new TableFamily(top, parts, MissingIndexCheck.hours(since, catalog.counting().at()));
    }

    /// The table at the top of the one that a plan reads.
    static CatalogTable top(IndexCatalog catalog, CatalogTable table) {
        var top = table;
        while (top.parentOid() != null && catalog.tables().containsKey(top.parentOid())) {
            top = catalog.tables().get(top.parentOid());
        }
        return top;
    }

    /// `schema.name` of all.
    Set<String> names() {
        var names = new LinkedHashSet<String>();
        parts.forEach(p -> names.add(p.schemaName() + "." + p.tableName()));
        return names;
    }

    private List<CatalogTable> leaves() {
        return parts.stream().filter(p -> !p.isPartitioned()).toList();
    }

    /// The table at the top with the numbers of all its partitions, which hold the rows.
    CatalogTable whole() {
        return new CatalogTable(
                top.tableOid(),
                top.schemaName(),
                top.tableName(),
                top.kind(),
                top.parentOid(),
                sum(CatalogTable::rowCount),
                sum(CatalogTable::bytes),
                top.replicaIdentity(),
                top.mayChange(),
                top.mayRead(),
                top.columns(),
                sum(CatalogTable::seqScans),
                sum(CatalogTable::seqRows),
                top.lastSeqScan(),
                sum(CatalogTable::inserts),
                sum(CatalogTable::updates),
                sum(CatalogTable::hotUpdates),
                sum(CatalogTable::deletes));
    }

    private long sum(ToLongFunction<CatalogTable> of) {
        return leaves().stream().mapToLong(of).sum();
    }

    double rows() {
        return leaves().stream().mapToLong(CatalogTable::rowCount).sum();
    }

    boolean large() {
        return leaves().stream().anyMatch(MissingIndexCheck::large);
    }

    /// Entries that every full index gets. In counters younger than a day the filling of the table
    /// would pass for a rate.
    double entriesPerHour() {
        double writes = leaves().stream().mapToLong(CatalogTable::indexWrites).sum();
        return (hours >= 24 ? writes : Math.max(0, writes - rows())) / hours;
    }

    /// Updates an hour that are HOT now and set one of these columns.
    double hotUpdates(Set<String> columns, List<WorkStatement> workload, Instant now) {
        double updates = leaves().stream().mapToLong(CatalogTable::updates).sum();
        double hot = leaves().stream().mapToLong(CatalogTable::hotUpdates).sum();
        double lost = 0;
        for (var statement : workload) {
            if (sets(statement.queryText(), columns)) {
                lost += statement.rows() / MissingIndexCheck.hours(statement.statsSince(), now);
            }
        }
        return updates == 0 ? 0 : lost * hot / updates;
    }

    private boolean sets(String text, Set<String> columns) {
        var statement = SqlParser.parseNormalised(text).single();
        return statement != null
                && statement.kind() == StatementKind.UPDATE
                && statement.relations().stream()
                        .anyMatch(
                                r ->
                                        r.name().equals(top.tableName())
                                                && (r.schema().isEmpty()
                                                        || r.schema().equals(top.schemaName())))
                && statement.tree().list("targetList").stream()
                        .map((SqlNode n) -> n.text("name"))
                        .anyMatch(columns::contains);
    }
}
