package io.lakebaseops.postgres;

/// Names one file of the SQL library: `indexes/duplicate_indexes` is
/// `sql/indexes/duplicate_indexes.sql`.
public record SqlName(String module, String name) {
    public SqlName {
        if (!module.matches("[a-z_]+") || !name.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException("Not a SQL library name: " + module + "/" + name);
        }
    }

    public static SqlName of(String path) {
        int slash = path.indexOf('/');
        return new SqlName(path.substring(0, slash), path.substring(slash + 1));
    }

    public String path() {
        return module + "/" + name;
    }

    @Override
    public String toString() {
        return path();
    }
}
