package io.lakebaseops.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP server on this machine that answers as it was told to and keeps what it was sent.
final class ScriptedHttp implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    record Request(String path, Map<String, List<String>> headers, byte[] body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(h -> h.getKey().equalsIgnoreCase(name))
                    .map(h -> h.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private record Answer(int status, String body, Map<String, String> headers, String hangs) {}

    ScriptedHttp() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized ScriptedHttp then(int status, String body) {
        answers.add(new Answer(status, body, Map.of(), ""));
        return this;
    }

    synchronized ScriptedHttp then(int status, String body, String header, String value) {
        answers.add(new Answer(status, body, Map.of(header, value), ""));
        return this;
    }

    /// Takes the request and never answers.
    synchronized ScriptedHttp thenHang() {
        answers.add(new Answer(200, "", Map.of(), "before"));
        return this;
    }

    /// Begins to answer and never ends.
    synchronized ScriptedHttp thenHangInTheMiddle() {
        answers.add(new Answer(200, "{", Map.of(), "after"));
        return this;
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    Request last() {
        return requests().getLast();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        Answer answer;
        synchronized (this) {
            requests.add(
                    new Request(
                            exchange.getRequestURI().getPath(),
                            Map.copyOf(exchange.getRequestHeaders()),
                            body));
            answer = answers.isEmpty() ? new Answer(200, "ok", Map.of(), "") : answers.remove();
        }
        try (exchange) {
            if (answer.hangs().equals("before")) {
                closed.await();
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    answer.status(),
                    answer.hangs().isEmpty() ? (bytes.length == 0 ? -1 : bytes.length) : 1000);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().flush();
            }
            if (!answer.hangs().isEmpty()) {
                closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
