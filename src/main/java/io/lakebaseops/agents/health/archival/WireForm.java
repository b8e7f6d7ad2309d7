package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.plan.ArchiveOrder.Column;

import org.jspecify.annotations.Nullable;

/// The binary forms of values that are read from COPY as they are.
enum WireForm {
    INT2,
    INT4,
    INT8,
    FLOAT4,
    FLOAT8,
    BOOL,
    DATE,
    TIMESTAMPTZ,
    BYTEA,
    NUMERIC,
    /// Its text in UTF-8, as every type does whose binary form is its text.
    TEXT;

    /// Null: the column comes as text within the text of a row, as the server writes it.
    static @Nullable WireForm of(Column column) {
        var type = column.type();
        return switch (column.storedAs()) {
            case "int" ->
                    switch (type) {
                        case "smallint" -> INT2;
                        case "integer" -> INT4;
                        default -> null;
                    };
            case "long" -> type.equals("bigint") ? INT8 : null;
            case "float" -> type.equals("real") ? FLOAT4 : null;
            case "double" -> type.equals("double precision") ? FLOAT8 : null;
            case "boolean" -> type.equals("boolean") ? BOOL : null;
            case "date" -> type.equals("date") ? DATE : null;
            case "timestamp" -> isMoment(type) ? TIMESTAMPTZ : null;
            case "binary" -> type.equals("bytea") ? BYTEA : null;
            case "text" -> isText(type) ? TEXT : null;
            default -> type.startsWith("numeric(") ? NUMERIC : null;
        };
    }

    private static boolean isMoment(String type) {
        return type.startsWith("timestamp") && type.endsWith(" with time zone");
    }

    private static boolean isText(String type) {
        return type.equals("text")
                || type.equals("json")
                || type.equals("character varying")
                || type.startsWith("character varying(")
                || type.startsWith("character(");
    }

    boolean isWhole() {
        return this == INT2 || this == INT4 || this == INT8;
    }
}
