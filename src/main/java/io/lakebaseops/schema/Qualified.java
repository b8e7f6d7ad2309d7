package io.lakebaseops.schema;

import io.lakebaseops.domain.Ident;

/// A table's, view's or index's name with its schema.
public record Qualified(String schema, String name) {
    public String sql() {
        return Ident.of(schema, name).sql();
    }

    @Override
    public String toString() {
        return sql();
    }
}
