package io.lakebaseops.local.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The HTTP server of the control plane. On one loopback port; each request has a virtual thread.
/// Order of work: injected fault, token, route. Everything a client sees passes here.
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int LARGEST_BODY = 1 << 20;

    /// Where clients send forms. Their content type tells nothing: curl and the JDK's client send
    /// JSON under that of a form, too.
    private static final String OAUTH = "/oidc/";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Router router;
    private final Guard guard;
    private final FaultPlan faults;

    /// @param port 0 picks a free one
    public ApiServer(int port, Router router, Guard guard, FaultPlan faults) {
        // Without this the JDK's server waits 40 ms (Nagle and delayed ACK) on many replies.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        this.router = router;
        this.guard = guard;
        this.faults = faults;
        this.threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("local-api-", 0).factory());
        try {
            InetAddress loopback = InetAddress.getByName("127.0.0.1");
            this.server = HttpServer.create(new InetSocketAddress(loopback, port), 64);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            // Null in `GET foo:bar`, which names no path at all.
            String path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
            Optional<Fault> fault = faults.hit(exchange.getRequestMethod(), path);
            fault.ifPresent(f -> pause(f.latency().toMillis()));
            if (fault.isPresent() && fault.get().drop() && !fault.get().afterHandler()) {
                return;
            }
            Reply reply = fault.map(f -> disturbed(exchange, path, f)).orElse(null);
            if (reply == null) {
                reply = safely(exchange, path);
            }
            if (fault.isEmpty() || !fault.get().drop()) {
                send(exchange, reply);
            }
        }
    }

    private Reply disturbed(HttpExchange exchange, String path, Fault fault) {
        boolean carriedOut = fault.status() == null || fault.afterHandler();
        Reply normal =
                ScopedValue.where(OperationFate.CURRENT, fault.operation())
                        .call(() -> carriedOut ? safely(exchange, path) : Reply.ok(Json.object()));
        if (fault.status() == null) {
            return normal;
        }
        int status = fault.status();
        String text = fault.message() == null ? "injected fault" : fault.message();
        return Reply.of(Refusal.of(status, OperationFate.codeOf(status), text));
    }

    /// The one place where an unexpected failure becomes a 500 for the caller.
    private Reply safely(HttpExchange exchange, String path) {
        try {
            Headers headers = exchange.getRequestHeaders();
            guard.check(path, headers.getFirst("Authorization"), headers.getFirst("Host"));
            return router.answer(call(exchange, path));
        } catch (Refusal refusal) {
            return Reply.of(refusal);
        } catch (IOException e) {
            LOG.debug("{} {} came in part only", exchange.getRequestMethod(), path, e);
            return Reply.of(Refusal.badRequest("the request did not arrive whole"));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), path, e);
            return Reply.of(Refusal.of(500, "INTERNAL_ERROR", "Local Lakebase failed: " + e));
        }
    }

    private static Call call(HttpExchange exchange, String path) throws IOException {
        byte[] bytes = body(exchange);
        if (bytes.length > LARGEST_BODY) {
            throw Refusal.of(413, "BAD_REQUEST", "request body is larger than 1 MiB");
        }
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        Headers headers = exchange.getRequestHeaders();
        JsonNode body = path.startsWith(OAUTH) ? form(bytes) : json(bytes);
        String authorization = headers.getFirst("Authorization");
        return new Call(exchange.getRequestMethod(), path, Map.of(), query, body, authorization);
    }

    /// @throws IOException when it does not arrive whole or is no HTTP
    private static byte[] body(HttpExchange exchange) throws IOException {
        try {
            return exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        } catch (IndexOutOfBoundsException e) {
            // The JDK's own answer to a chunk of negative length.
            throw new IOException("a chunk of an impossible length", e);
        }
    }

    private static JsonNode form(byte[] bytes) {
        ObjectNode fields = Json.object();
        query(new String(bytes, StandardCharsets.UTF_8)).forEach(fields::put);
        return fields;
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return Json.object();
        }
        try {
            JsonNode node = Json.MAPPER.readTree(bytes);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException _) {
            // falls through: text that is no JSON and JSON that is no object are refused alike
        }
        throw Refusal.of(400, "MALFORMED_REQUEST", "the request body is not a JSON object");
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int eq = pair.indexOf('=');
            String name = eq < 0 ? pair : pair.substring(0, eq);
            String value = eq < 0 ? "" : pair.substring(eq + 1);
            query.put(decode(name), decode(value));
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Refusal.invalid("the query is not properly encoded");
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body =
                reply.body().isTextual()
                        ? reply.body().asText().getBytes(StandardCharsets.UTF_8)
                        : Json.MAPPER.writeValueAsBytes(reply.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
