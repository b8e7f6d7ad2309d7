package io.lakebaseops.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Calls a control plane over REST, our own or an attached one. By the same REST calls as everybody
/// else.
final class ApiCaller {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final String host;
    private final String token;

    ApiCaller(String host, String token) {
        this.host = host;
        this.token = token;
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    /// Empty when there is no such resource.
    Optional<JsonNode> find(String path) {
        return reply("GET", path, null, 404);
    }

    JsonNode post(String path, ObjectNode body) {
        return send("POST", path, body);
    }

    /// Waits for a long-running operation and returns its response.
    JsonNode finish(JsonNode operation, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        JsonNode now = operation;
        while (!now.path("done").asBoolean()) {
            pause(end, now.path("name").asText());
            now = get("/api/2.0/postgres/" + now.path("name").asText());
        }
        if (now.has("error")) {
            throw new IllegalStateException(now.path("error").path("message").asText());
        }
        return now.path("response");
    }

    /// Waits until the endpoint's compute has settled and can be connected to.
    JsonNode settled(String endpoint, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        JsonNode now = get("/api/2.0/postgres/" + endpoint);
        while (now.path("status").has("pending_state")) {
            pause(end, endpoint);
            now = get("/api/2.0/postgres/" + endpoint);
        }
        return now;
    }

    /// Waits until the endpoint's port is known. Who connects there waits for the compute.
    JsonNode listening(String endpoint, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        JsonNode now = get("/api/2.0/postgres/" + endpoint);
        while (!now.path("status").has("hosts") && now.path("status").has("pending_state")) {
            pause(end, endpoint);
            now = get("/api/2.0/postgres/" + endpoint);
        }
        return now;
    }

    private JsonNode send(String method, String path, @Nullable ObjectNode body) {
        return reply(method, path, body, -1).orElseThrow();
    }

    /// The JDK's old client: the new one sets up TLS first, a fifth of the start-up budget.
    private Optional<JsonNode> reply(
            String method, String path, @Nullable ObjectNode body, int absent) {
        try {
            var call = (HttpURLConnection) URI.create(host + path).toURL().openConnection();
            call.setConnectTimeout(TIMEOUT_MILLIS);
            call.setReadTimeout(TIMEOUT_MILLIS);
            call.setRequestMethod(method);
            call.setRequestProperty("Authorization", "Bearer " + token);
            if (body != null) {
                call.setDoOutput(true);
                try (OutputStream out = call.getOutputStream()) {
                    out.write(Json.MAPPER.writeValueAsBytes(body));
                }
            }
            int status = call.getResponseCode();
            try (InputStream in = status < 400 ? call.getInputStream() : call.getErrorStream()) {
                JsonNode reply = Json.MAPPER.readTree(in);
                if (status == absent) {
                    return Optional.empty();
                }
                if (status != 200) {
                    String why = reply.path("message").asText();
                    throw new IllegalStateException(path + " answered " + status + ": " + why);
                }
                return Optional.of(reply);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Local Lakebase at " + host + " is silent: " + e, e);
        }
    }

    private static void pause(long end, String what) {
        if (System.nanoTime() > end) {
            throw new IllegalStateException(what + " did not finish in time");
        }
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
