package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.agents.provisioning.migration.DdlAct.Name;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which live tables do the names in a migration mean?
final class LiveTables {
    private final List<TableFacts> tables;
    private final List<IndexOf> indexes;

    private LiveTables(List<TableFacts> tables, List<IndexOf> indexes) {
        this.tables = tables;
        this.indexes = indexes;
    }

    record IndexOf(String indexName, String schemaName, String tableName) {}

    static LiveTables read(ReadSession session, Collection<String> names) {
        var params = Map.of("names", List.copyOf(names));
        return new LiveTables(
                session.query(MigrationSql.TABLE_FACTS, params, TableFacts.class),
                session.query(MigrationSql.INDEX_TABLES, params, IndexOf.class));
    }

    static LiveTables none() {
        return new LiveTables(List.of(), List.of());
    }

    /// The table of that name, or the one an index of that name belongs to.
    Optional<TableFacts> of(Name name) {
        var found = table(name.schema(), name.name());
        if (found.isPresent()) {
            return found;
        }
        return indexes.stream()
                .filter(i -> i.indexName().equals(name.name()))
                .filter(i -> name.schema() == null || i.schemaName().equals(name.schema()))
                .findFirst()
                .flatMap(i -> table(i.schemaName(), i.tableName()));
    }

    private Optional<TableFacts> table(@Nullable String schema, String name) {
        return tables.stream()
                .filter(t -> t.tableName().equals(name))
                .filter(t -> schema == null ? t.isVisible() : t.schemaName().equals(schema))
                .findFirst();
    }
}
