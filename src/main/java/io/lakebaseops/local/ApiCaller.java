package io.lakebaseops.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.local.api.http.Json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// How does the facade talk to a control plane, its own or an attached one? By the same REST calls
/// as everybody else.
final class ApiCaller implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String host;
    private final String token;

    ApiCaller(String host, String token) {
        this.host = host;
        this.token = token;
    }

    JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    JsonNode post(String path, ObjectNode body) {
        return send(request(path).POST(BodyPublishers.ofString(body.toString())).build());
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

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(host + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + " answered " + response.body());
            }
            return Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Local Lakebase at " + host + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + request.uri(), e);
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
