package io.lakebaseops.schema;

import io.lakebaseops.domain.Ident;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Identifies an object by name and never by oid, so that two databases can be compared.
///
/// @param path schema, then the table for things on a table, then the name; a routine's last part
///     is its argument types
public record ObjectId(Kind kind, List<String> path) implements Comparable<ObjectId> {
    /// In the order in which things can be made when nothing else is known.
    public enum Kind {
        DATABASE,
        EXTENSION,
        NAMESPACE,
        ACCESS_METHOD,
        LANGUAGE,
        CONVERSION,
        FOREIGN_DATA_WRAPPER,
        SERVER,
        USER_MAPPING,
        TEXT_SEARCH_PARSER,
        TEXT_SEARCH_TEMPLATE,
        TEXT_SEARCH_DICTIONARY,
        TEXT_SEARCH_CONFIGURATION,
        COLLATION,
        TYPE,
        SEQUENCE,
        /// Before tables: what a default or a check calls may be told by no dependency.
        ROUTINE,
        TABLE,
        COLUMN,
        CAST,
        OPERATOR,
        OPERATOR_FAMILY,
        OPERATOR_CLASS,
        TRANSFORM,
        CONSTRAINT,
        INDEX,
        STATISTICS,
        VIEW,
        RULE,
        TRIGGER,
        POLICY,
        PUBLICATION,
        SUBSCRIPTION,
        EVENT_TRIGGER,
        DEFAULT_PRIVILEGE,
        BUILT_IN_RIGHTS,
        SECURITY_LABEL;

        public String word() {
            return this == NAMESPACE ? "schema" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public ObjectId {
        path = List.copyOf(path);
    }

    static ObjectId of(Kind kind, String... path) {
        return new ObjectId(kind, List.of(path));
    }

    public String name() {
        return kind == Kind.ROUTINE ? path.get(1) : path.getLast();
    }

    /// Column, constraint, trigger …: does it live on a table or view?
    public boolean onRelation() {
        return switch (kind) {
            case COLUMN, CONSTRAINT, INDEX, RULE, TRIGGER, POLICY -> true;
            case EXTENSION, NAMESPACE, COLLATION, TYPE, SEQUENCE, TABLE, ROUTINE -> false;
            case STATISTICS, VIEW, PUBLICATION, DEFAULT_PRIVILEGE, BUILT_IN_RIGHTS -> false;
            case DATABASE, ACCESS_METHOD, LANGUAGE, CONVERSION, CAST, TRANSFORM -> false;
            case FOREIGN_DATA_WRAPPER, SERVER, USER_MAPPING, SUBSCRIPTION, EVENT_TRIGGER -> false;
            case TEXT_SEARCH_PARSER, TEXT_SEARCH_TEMPLATE, TEXT_SEARCH_DICTIONARY -> false;
            case TEXT_SEARCH_CONFIGURATION, SECURITY_LABEL -> false;
            case OPERATOR, OPERATOR_FAMILY, OPERATOR_CLASS -> false;
        };
    }

    /// Is the first part of the path its schema?
    boolean inSchema() {
        return switch (kind) {
            case COLUMN, CONSTRAINT, INDEX, RULE, TRIGGER, POLICY, STATISTICS, VIEW -> true;
            case COLLATION, TYPE, SEQUENCE, TABLE, ROUTINE, CONVERSION -> true;
            case OPERATOR, OPERATOR_FAMILY, OPERATOR_CLASS -> true;
            case TEXT_SEARCH_PARSER, TEXT_SEARCH_TEMPLATE, TEXT_SEARCH_DICTIONARY -> true;
            case TEXT_SEARCH_CONFIGURATION -> true;
            case DATABASE, EXTENSION, NAMESPACE, ACCESS_METHOD, LANGUAGE, CAST, TRANSFORM -> false;
            case FOREIGN_DATA_WRAPPER, SERVER, USER_MAPPING, SUBSCRIPTION, EVENT_TRIGGER -> false;
            case PUBLICATION, DEFAULT_PRIVILEGE, BUILT_IN_RIGHTS, SECURITY_LABEL -> false;
        };
    }

    /// The schema and name of the table or view it lives on.
    public Qualified relation() {
        return new Qualified(path.get(0), path.get(1));
    }

    /// As SQL writes it: quoted, with its schema, without the table for what lives on one.
    public String sql() {
        if (kind == Kind.ROUTINE) {
            return Ident.of(path.get(0), path.get(1)).sql() + "(" + path.get(2) + ")";
        }
        if (kind == Kind.INDEX) {
            return Ident.of(path.get(0), path.get(2)).sql();
        }
        return onRelation() ? Ident.of(name()).sql() : new Ident(path).sql();
    }

    /// For people: quoted only where needed.
    @Override
    public String toString() {
        if (kind == Kind.ROUTINE) {
            return kind.word() + " " + plain(path.subList(0, 2)) + "(" + path.get(2) + ")";
        }
        return kind.word() + " " + plain(path);
    }

    static String plain(List<String> path) {
        var parts = new ArrayList<>(path);
        parts.removeIf(String::isEmpty);
        return parts.stream()
                .map(p -> p.matches("[a-z_][a-z0-9_]*") ? p : Ident.of(p).sql())
                .collect(Collectors.joining("."));
    }

    @Override
    public int compareTo(ObjectId other) {
        int order = path.getFirst().compareTo(other.path.getFirst());
        if (order == 0) {
            order = kind.compareTo(other.kind);
        }
        for (int i = 1; order == 0 && i < Math.min(path.size(), other.path.size()); i++) {
            order = path.get(i).compareTo(other.path.get(i));
        }
        return order != 0 ? order : Integer.compare(path.size(), other.path.size());
    }
}
