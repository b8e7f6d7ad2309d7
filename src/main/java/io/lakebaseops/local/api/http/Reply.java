package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.Map;

/// What is sent back: a status, a JSON body and extra headers.
public record Reply(int status, JsonNode body, Map<String, String> headers) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply ok(JsonNode body) {
        return new Reply(200, body, Map.of());
    }

    /// A body that is no JSON, sent as it is.
    public static Reply text(String body, String type) {
        return new Reply(200, TextNode.valueOf(body), Map.of("Content-Type", type));
    }

    public static Reply of(Refusal refusal) {
        return new Reply(refusal.status(), refusal.body(), Map.of());
    }
}
