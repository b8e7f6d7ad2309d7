package io.lakebaseops.ddl;

import io.lakebaseops.sqltext.SqlNode;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Names of types as the server writes them (`format_type`), from the parse tree of a type.
final class SqlTypeName {
    private static final Map<String, String> WRITTEN =
            Map.ofEntries(
                    Map.entry("int2", "smallint"),
                    Map.entry("int4", "integer"),
                    Map.entry("int8", "bigint"),
                    Map.entry("float4", "real"),
                    Map.entry("float8", "double precision"),
                    Map.entry("bool", "boolean"),
                    Map.entry("varchar", "character varying"),
                    Map.entry("bpchar", "character"),
                    Map.entry("varbit", "bit varying"),
                    Map.entry("timestamp", "timestamp without time zone"),
                    Map.entry("timestamptz", "timestamp with time zone"),
                    Map.entry("time", "time without time zone"),
                    Map.entry("timetz", "time with time zone"));

    private SqlTypeName() {}

    /// `numeric(10,2)`, `text[]`, `app.mood`; types of one name only as they are written.
    static String of(SqlNode typeName) {
        var names = typeName.names("names");
        if (names.isEmpty()) {
            return "";
        }
        boolean own = names.size() == 2 && names.getFirst().equals("pg_catalog");
        var plain =
                own
                        ? WRITTEN.getOrDefault(names.getLast(), names.getLast())
                        // The grammar writes its own names with pg_catalog: this is the type
                        // "char".
                        : names.equals(List.of("char")) ? "\"char\"" : String.join(".", names);
        return plain + limits(typeName) + "[]".repeat(typeName.list("arrayBounds").size());
    }

    private static String limits(SqlNode typeName) {
        var limits = typeName.list("typmods");
        return limits.isEmpty()
                ? ""
                : limits.stream()
                        .map(l -> Long.toString(l.field("ival").number("ival")))
                        .collect(Collectors.joining(",", "(", ")"));
    }
}
