package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.sqltext.RelationUse.How;
import io.lakebaseops.sqltext.SqlParser;
import io.lakebaseops.sqltext.StatementKind;

import java.util.Set;
import java.util.stream.Collectors;

/// Which tables a statement reads by its text, where there is no plan of it. What is not understood
/// may read any.
final class StatementScope {
    enum Scope {
        READS,
        /// It reads none but other tables, or adds rows to this one.
        APART,
        UNKNOWN
    }

    private final Set<String> tables;

    StatementScope(IndexCatalog catalog) {
        tables =
                catalog.tables().values().stream()
                        .map(CatalogTable::tableName)
                        .collect(Collectors.toSet());
    }

    Scope of(String text, String schema, String table) {
        var statement = SqlParser.parseNormalised(text).single();
        if (statement == null) {
            return Scope.UNKNOWN;
        }
        boolean adds =
                statement.kind() == StatementKind.INSERT
                        && statement.tree().all().noneMatch(n -> n.has("onConflictClause"));
        boolean apart = true;
        for (var use : statement.relations()) {
            boolean here =
                    use.name().equals(table)
                            && (use.schema().isEmpty() || use.schema().equals(schema));
            if (here && !(adds && use.how() == How.WRITTEN)) {
                return Scope.READS;
            }
            // A name that is no table may be a view over this one.
            apart &= here || tables.contains(use.name()) || catalog(use.schema(), use.name());
        }
        return apart ? Scope.APART : Scope.UNKNOWN;
    }

    private static boolean catalog(String schema, String name) {
        return schema.equals("pg_catalog") || schema.isEmpty() && name.startsWith("pg_");
    }
}
