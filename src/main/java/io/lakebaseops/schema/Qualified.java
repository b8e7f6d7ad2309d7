package io.lakebaseops.schema;

import io.lakebaseops.domain.Ident;

/// A table's, view's or index's name with its schema.
public record Qualified(String schema, String name) {
    public String sql() {
        return Ident.of(schema, name).sql();
    }

    /// `a.b` as written in a catalog, each part quoted.
    static String dotted(String name) {
        return new Ident(java.util.List.of(name.split("\\."))).sql();
    }

    @Override
    public String toString() {
        return sql();
    }
}
