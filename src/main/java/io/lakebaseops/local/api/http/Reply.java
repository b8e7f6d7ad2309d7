package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;

/// What is sent back: a status, a JSON body and extra headers.
public record Reply(int status, JsonNode body, Map<String, String> headers) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply ok(JsonNode body) {
        return new Reply(200, body, Map.of());
    }

    public static Reply of(Refusal refusal) {
        return new Reply(refusal.status(), refusal.body(), Map.of());
    }
}
