package io.lakebaseops.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// An OpenAI-compatible server of this machine that answers by a script, one line of it a request;
/// the last line is repeated.
public final class ScriptedModel implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// What a request is answered with.
    public interface Line {
        void answer(HttpExchange exchange) throws IOException;
    }

    /// A function the model calls.
    public record Call(String name, String arguments) {}

    private final Deque<Line> script = new ArrayDeque<>();
    private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;

    public ScriptedModel(Line... lines) {
        script.addAll(List.of(lines));
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::next);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort()));
    }

    /// The bodies of the requests, oldest first.
    public List<JsonNode> asked() {
        return List.copyOf(asked);
    }

    /// The authorization of the requests.
    public List<String> keys() {
        return List.copyOf(keys);
    }

    private void next(HttpExchange exchange) throws IOException {
        Line line;
        synchronized (script) {
            line = script.size() > 1 ? script.removeFirst() : script.getFirst();
        }
        try (exchange) {
            asked.add(JSON.readTree(exchange.getRequestBody()));
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            line.answer(exchange);
        }
    }

    /// A text, in pieces of a few letters.
    public static Line says(String text) {
        return exchange -> {
            var out = stream(exchange);
            words(out, text);
            end(out, "stop", 100, 20);
        };
    }

    /// Functions, all at once.
    public static Line calls(Call... calls) {
        return exchange -> {
            var out = stream(exchange);
            for (int i = 0; i < calls.length; i++) {
                var delta = NODES.objectNode();
                var call = delta.putArray("tool_calls").addObject();
                call.put("index", i).put("id", "call_" + i).put("type", "function");
                call.putObject("function")
                        .put("name", calls[i].name())
                        .put("arguments", calls[i].arguments());
                event(out, delta, null);
            }
            end(out, "tool_calls", 200, 30);
        };
    }

    public static Line call(String name, String arguments) {
        return calls(new Call(name, arguments));
    }

    /// An error of HTTP.
    public static Line fails(int status, String body) {
        return exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /// Some text, then the connection ends.
    public static Line breaksOff(String text) {
        return exchange -> {
            var out = stream(exchange);
            words(out, text);
            // Neither an end of the answer nor of the body.
            throw new IOException("broken on purpose");
        };
    }

    /// Some text, then nothing more until the latch opens.
    public static Line stalls(String text, CountDownLatch until) {
        return exchange -> {
            var out = stream(exchange);
            words(out, text);
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /// Text without an end, for as long as somebody reads.
    public static Line neverEnds(String text) {
        return exchange -> {
            var out = stream(exchange);
            while (true) {
                words(out, text);
            }
        };
    }

    private static OutputStream stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static void words(OutputStream out, String text) throws IOException {
        for (int at = 0; at < text.length(); at += 7) {
            var piece = text.substring(at, Math.min(text.length(), at + 7));
            event(out, NODES.objectNode().put("content", piece), null);
        }
    }

    private static void event(OutputStream out, ObjectNode delta, String finish)
            throws IOException {
        var chunk = NODES.objectNode().put("id", "1").put("object", "chat.completion.chunk");
        chunk.put("model", "scripted");
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finish);
        send(out, chunk.toString());
    }

    private static void end(OutputStream out, String finish, int in, int said) throws IOException {
        event(out, NODES.objectNode(), finish);
        var usage = NODES.objectNode().put("id", "1").put("object", "chat.completion.chunk");
        usage.putArray("choices");
        usage.putObject("usage")
                .put("prompt_tokens", in)
                .put("completion_tokens", said)
                .put("total_tokens", in + said);
        send(out, usage.toString());
        send(out, "[DONE]");
    }

    private static void send(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
