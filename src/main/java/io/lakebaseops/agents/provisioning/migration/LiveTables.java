package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct.Name;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The live tables that the names in a migration mean.
final class LiveTables {
    private final List<TableSize> tables;
    private final List<IndexOf> indexes;
    private final Traffic traffic;

    private LiveTables(List<TableSize> tables, List<IndexOf> indexes, Traffic traffic) {
        this.tables = tables;
        this.indexes = indexes;
        this.traffic = traffic;
    }

    record IndexOf(String indexName, String schemaName, String tableName) {}

    static LiveTables read(ReadSession session, Collection<String> names) {
        var params = Map.of("names", List.copyOf(names));
        var tables = session.query(MigrationSql.TABLE_FACTS, params, TableSize.class);
        return new LiveTables(
                tables,
                session.query(MigrationSql.INDEX_TABLES, params, IndexOf.class),
                Traffic.read(session, tables));
    }

    static LiveTables none() {
        return new LiveTables(List.of(), List.of(), Traffic.unknown("nothing was read"));
    }

    /// The table of that name, or the one an index of that name belongs to.
    Optional<TableSize> of(Name name) {
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

    /// Null when it is not known; [#trafficUnknown] says why.
    Traffic.@Nullable Rate rate(TableSize table) {
        return traffic.rate(table);
    }

    String trafficUnknown() {
        return traffic.unknown();
    }

    private Optional<TableSize> table(@Nullable String schema, String name) {
        return tables.stream()
                .filter(t -> t.tableName().equals(name))
                .filter(t -> schema == null ? t.isVisible() : t.schemaName().equals(schema))
                .findFirst();
    }
}
