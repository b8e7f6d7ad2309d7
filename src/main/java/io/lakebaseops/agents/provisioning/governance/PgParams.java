package io.lakebaseops.agents.provisioning.governance;

import io.lakebaseops.domain.plan.SqlParam;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a query's values as text for a plan. Lists as array literals.
final class PgParams {
    private PgParams() {}

    static List<SqlParam> of(Map<String, ?> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> one(e.getKey(), e.getValue()))
                .toList();
    }

    private static SqlParam one(String name, Object value) {
        return switch (value) {
            case Collection<?> list -> new SqlParam(name, "text[]", array(list));
            case Enum<?> e ->
                    new SqlParam(name, "text", e.name().toLowerCase(java.util.Locale.ROOT));
            default -> new SqlParam(name, "text", value.toString());
        };
    }

    /// Manual 8.15.2: quoted elements, backslash before quote and backslash.
    private static String array(Collection<?> list) {
        return list.stream()
                .map(v -> '"' + v.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
