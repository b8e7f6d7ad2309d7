package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.ddl.DdlAct.Name;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The live tables that the names in a migration mean.
final class LiveTables {
    /// The first on the search path; of those a file may have put on it, the largest.
    private static final Comparator<TableSize> ON_PATH =
            Comparator.comparing(
                            TableSize::pathRank, Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(Comparator.comparingLong(TableSize::bytes).reversed());

    private final List<TableSize> tables;
    private final List<IndexOf> indexes;
    private final Traffic traffic;

    private final List<Referring> referring;
    private final Login login;

    private LiveTables(
            List<TableSize> tables,
            List<IndexOf> indexes,
            Traffic traffic,
            List<Referring> referring,
            Login login) {
        this.tables = tables;
        this.indexes = indexes;
        this.traffic = traffic;
        this.referring = referring;
        this.login = login;
    }

    /// @param neverNull its columns are declared NOT NULL
    record IndexOf(
            String indexName,
            String schemaName,
            String tableName,
            boolean isValid,
            boolean neverNull) {}

    /// A table with a foreign key to another, by however many steps.
    record Referring(String schemaName, String tableName, String referring) {}

    /// @param writingDomains adding a column of one writes every row
    record Login(boolean bypassesPolicies, List<String> writingDomains) {
        Login {
            writingDomains = List.copyOf(writingDomains);
        }
    }

    static LiveTables read(ReadSession session, Collection<String> names) {
        var params = Map.of("names", List.copyOf(names));
        var tables = session.query(MigrationSql.TABLE_FACTS, params, TableSize.class);
        return new LiveTables(
                tables,
                session.query(MigrationSql.INDEX_TABLES, params, IndexOf.class),
                Traffic.read(session, tables),
                session.query(MigrationSql.REFERRING_TABLES, params, Referring.class),
                session.query(MigrationSql.MIGRATING_LOGIN, Map.of(), Login.class).getFirst());
    }

    static LiveTables none() {
        return new LiveTables(
                List.of(),
                List.of(),
                Traffic.unknown("nothing was read"),
                List.of(),
                new Login(true, List.of()));
    }

    Login login() {
        return login;
    }

    /// What TRUNCATE … CASCADE of the table empties too.
    List<String> referringTo(TableSize table) {
        return referring.stream()
                .filter(r -> r.schemaName().equals(table.schemaName()))
                .filter(r -> r.tableName().equals(table.tableName()))
                .map(Referring::referring)
                .toList();
    }

    Optional<IndexOf> index(@Nullable String schema, String name) {
        return indexes.stream()
                .filter(i -> i.indexName().equals(name))
                .filter(i -> schema == null || i.schemaName().equals(schema))
                .findFirst();
    }

    /// The table of that name, or the one an index of that name belongs to.
    Optional<TableSize> of(Name name) {
        var found = table(name.schema(), name.name());
        if (found.isPresent()) {
            return found;
        }
        return index(name.schema(), name.name()).flatMap(i -> table(i.schemaName(), i.tableName()));
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
                .filter(t -> schema == null || t.schemaName().equals(schema))
                .min(ON_PATH);
    }
}
