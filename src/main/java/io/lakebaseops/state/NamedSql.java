package io.lakebaseops.state;

/// Names one statement for our own database: `audit/append` is `sql/audit/append.sql`.
public record NamedSql(String path) {
    public NamedSql {
        if (!path.matches("[a-z_]+/[a-z0-9_]+")) {
            throw new IllegalArgumentException("Not the name of a statement: " + path);
        }
    }

    public static NamedSql of(String path) {
        return new NamedSql(path);
    }

    @Override
    public String toString() {
        return path;
    }
}
