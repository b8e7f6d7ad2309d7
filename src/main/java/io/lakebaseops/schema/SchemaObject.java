package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// An object of a database's catalog. Each record holds all that users can set on its kind; two of
/// them are equal exactly when the catalogs say the same (PostgreSQL manual, chapter 51).
///
/// Expressions and definitions are the server's own print with every name in full.
public sealed interface SchemaObject
        permits Relation, UserType, TableObject, TopLevelObject, DdlTextObject {
    ObjectId id();

    /// Null for kinds without an owner of their own.
    default @Nullable String owner() {
        return null;
    }

    /// The built-in rights written out, sorted.
    default List<Grant> grants() {
        return List.of();
    }

    default @Nullable String comment() {
        return null;
    }

    static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static List<Grant> sorted(@Nullable List<Grant> grants) {
        return grants == null ? List.of() : Grant.sorted(grants);
    }

    /// Options in the order of their names: their order in the catalog means nothing.
    static List<String> options(@Nullable List<String> options) {
        return options == null ? List.of() : options.stream().sorted().toList();
    }

    static ObjectId id(Kind kind, String... path) {
        return ObjectId.of(kind, path);
    }
}
