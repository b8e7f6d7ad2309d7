package io.lakebaseops.lakehouse;

/// Name of a table in the lakehouse. `lakebase_ops.pg_stat_history` in the one catalog we own.
///
/// Archived tables carry the names of someone's PostgreSQL tables, so any character is allowed.
public record TableName(String schema, String table) {
    public static final String CATALOG = "ops_catalog";
    public static final String OPS = "lakebase_ops";
    public static final String ARCHIVE = "lakebase_archive";

    public TableName {
        if (schema.isBlank() || table.isBlank()) {
            throw new IllegalArgumentException("A table has a schema and a name");
        }
        if (schema.indexOf('\0') >= 0 || table.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A table name must not hold NUL");
        }
    }

    /// A history table of our own.
    public static TableName ops(String table) {
        return new TableName(OPS, table);
    }

    /// Reads `table` (a history table) or `schema.table`.
    public static TableName parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? ops(text) : new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
