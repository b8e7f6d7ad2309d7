package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What was asked: one request with its path variables, query and body. Authenticated, but for what
/// is open to all.
///
/// @param body JSON, or the fields of a form as an object of texts
public record Call(
        String method,
        String path,
        Map<String, String> vars,
        Map<String, String> query,
        JsonNode body,
        @Nullable String authorization) {
    public Call {
        vars = Map.copyOf(vars);
        query = Map.copyOf(query);
    }

    /// A variable of the route's pattern; the router always binds it.
    public String var(String name) {
        String value = vars.get(name);
        if (value == null) {
            throw new IllegalArgumentException("route has no {" + name + "}");
        }
        return value;
    }

    public @Nullable String query(String name) {
        return query.get(name);
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(query.getOrDefault(name, "false"));
    }

    /// A query parameter the API insists on, in its own words when it is missing.
    public String required(String name) {
        String value = query.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw Refusal.invalid(
                    "Field '" + name + "' is required, expected non-default value (not \"\")!");
        }
        return value;
    }

    public Fields fields() {
        return Fields.of(body);
    }

    Call with(Map<String, String> bound) {
        return new Call(method, path, bound, query, body, authorization);
    }
}
