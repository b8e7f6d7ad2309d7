package io.lakebaseops.ask.plan;

import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A row of a query with the values the rest of this room knows: text, numbers, truth, instants.
final class QueryRow {
    /// What sessions run: answers are kept, so its literals are not.
    private static final Set<String> STATEMENTS = Set.of("statement", "last_statement");

    private QueryRow() {}

    static Map<String, @Nullable Object> plain(Map<String, @Nullable Object> row) {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        row.forEach(
                (column, value) ->
                        plain.put(
                                column,
                                value != null && STATEMENTS.contains(column)
                                        ? SqlMask.mask(value.toString())
                                        : value(value)));
        return plain;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal n -> n.doubleValue();
            case Number n -> n;
            case Boolean b -> b;
            case Instant at -> at;
            case OffsetDateTime at -> at.toInstant();
            case java.sql.Timestamp at -> at.toInstant();
            default -> value.toString();
        };
    }
}
