package io.lakebaseops.domain;

import org.jspecify.annotations.Nullable;

/// The object a finding, alert or plan is about.
///
/// @param type `index`, `table`, `foreign_key`, `session`, `database`, `branch`, `project` …
/// @param name the object's own name; for a table its name, for a session its pid
public record Subject(
        String type,
        @Nullable String database,
        @Nullable String schema,
        @Nullable String table,
        String name) {

    public static Subject table(String database, String schema, String table) {
        return new Subject("table", database, schema, table, table);
    }

    public static Subject index(String database, String schema, String table, String index) {
        return new Subject("index", database, schema, table, index);
    }

    public static Subject database(String database) {
        return new Subject("database", database, null, null, database);
    }

    public static Subject branch(String branch) {
        return new Subject("branch", null, null, null, branch);
    }

    /// As a person writes it: `shop.orders`, `shop.orders_status_idx`, `ci-pr-7`.
    public String display() {
        return schema == null ? name : schema + "." + name;
    }
}
