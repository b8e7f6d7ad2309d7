package io.lakebaseops.cli.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/// MCP over HTTP on the loopback interface: one POST, one answer, no session.
///
/// A page in a browser of this machine can reach the port, so every request needs the token, a Host
/// that is this server (against rebinding of names) and no Origin but this server's own.
final class HttpTransport implements McpStatelessServerTransport, McpEndpoint.Running {
    private static final Logger log = LoggerFactory.getLogger(HttpTransport.class);
    static final String PATH = "/mcp";

    /// A question, not a file.
    private static final int MOST_BYTES = 1 << 20;

    private final McpJsonMapper json;
    private final byte[] authorization;
    private final HttpServer server;
    private final Set<String> hosts;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable McpStatelessServerHandler handler;

    /// @param port 0 for any that is free
    /// @param threads answer the requests
    HttpTransport(McpJsonMapper json, int port, String token, Executor threads) {
        this.json = json;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " of 127.0.0.1 cannot be had", e);
        }
        hosts = Set.of("127.0.0.1:" + port(), "localhost:" + port(), "[::1]:" + port());
        server.createContext("/", this::answer);
        server.setExecutor(threads);
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    void start() {
        server.start();
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler handler) {
        this.handler = handler;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var refusal = refusal(exchange);
            if (refusal != null) {
                exchange.getResponseHeaders().putAll(refusal.headers());
                send(exchange, refusal.status(), refusal.why());
                return;
            }
            var body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                send(exchange, 413, "a message is at most 1 MB");
                return;
            }
            handled(exchange, new String(body, StandardCharsets.UTF_8));
        }
    }

    private record Refusal(int status, String why, Map<String, List<String>> headers) {
        Refusal {
            headers = Map.copyOf(headers);
        }

        Refusal(int status, String why) {
            this(status, why, Map.of());
        }
    }

    private @Nullable Refusal refusal(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var host = headers.getFirst("Host");
        if (host == null || !hosts.contains(host)) {
            return new Refusal(403, "this server is reached as 127.0.0.1 or localhost only");
        }
        var origin = headers.getFirst("Origin");
        if (origin != null && hosts.stream().noneMatch(h -> origin.equals("http://" + h))) {
            return new Refusal(403, "pages of other origins have no access");
        }
        var given = headers.getFirst("Authorization");
        boolean known =
                given != null
                        && MessageDigest.isEqual(
                                given.getBytes(StandardCharsets.UTF_8), authorization);
        if (!known) {
            return new Refusal(
                    401,
                    "send the token that `lakebaseops mcp --http` printed as Bearer token",
                    Map.of("WWW-Authenticate", List.of("Bearer")));
        }
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            return new Refusal(404, "the address is " + PATH);
        }
        return exchange.getRequestMethod().equals("POST")
                ? null
                : new Refusal(
                        405, "this server answers POST only", Map.of("Allow", List.of("POST")));
    }

    private void handled(HttpExchange exchange, String body) throws IOException {
        McpSchema.JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, body);
        } catch (IOException | IllegalArgumentException e) {
            log.debug("Not a message of JSON-RPC: {}", e.getMessage());
            send(exchange, 400, "not a message of JSON-RPC 2.0");
            return;
        }
        var known = handler;
        if (known == null) {
            send(exchange, 503, "the server is starting");
            return;
        }
        switch (message) {
            case McpSchema.JSONRPCRequest request -> {
                var answer = known.handleRequest(McpTransportContext.EMPTY, request).block();
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                send(exchange, 200, json.writeValueAsString(answer));
            }
            case McpSchema.JSONRPCNotification notification -> {
                known.handleNotification(McpTransportContext.EMPTY, notification).block();
                exchange.sendResponseHeaders(202, -1);
            }
            default -> send(exchange, 400, "a request or a notification is expected");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public void close() {
        server.stop(0);
        ended.countDown();
    }
}
