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
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A server of this machine that speaks Anthropic's Messages API by a script, one line of it a
/// request; the last line is repeated. It refuses what the real one refuses: a wrong key, a missing
/// version, functions called but not declared, results that are missing or come late, empty texts.
public final class ScriptedAnthropic implements AutoCloseable {
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
    private final String key;
    private final HttpServer server;

    public ScriptedAnthropic(String key, Line... lines) {
        this.key = key;
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

    private void next(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JSON.readTree(exchange.getRequestBody());
            asked.add(body);
            var headers = exchange.getRequestHeaders();
            if (!key.equals(headers.getFirst("x-api-key"))) {
                error(401, "authentication_error", "invalid x-api-key").answer(exchange);
                return;
            }
            var wrong =
                    !exchange.getRequestURI().getPath().equals("/v1/messages")
                            ? "Not Found"
                            : headers.getFirst("anthropic-version") == null
                                    ? "anthropic-version: header is required"
                                    : wrong(body);
            if (wrong != null) {
                error(400, "invalid_request_error", wrong).answer(exchange);
                return;
            }
            Line line;
            synchronized (script) {
                line = script.size() > 1 ? script.removeFirst() : script.getFirst();
            }
            line.answer(exchange);
        }
    }

    /// What the server would say is wrong with a request; null when nothing is.
    private static String wrong(JsonNode body) {
        if (!body.path("max_tokens").isInt() || !body.path("stream").asBoolean()) {
            return "max_tokens: Field required";
        }
        for (var tool : body.path("tools")) {
            if (!tool.path("name").asText().matches("[a-zA-Z0-9_-]{1,64}")
                    || !tool.at("/input_schema/type").asText().equals("object")) {
                return "tools: " + tool.path("name").asText();
            }
        }
        var messages = body.path("messages");
        if (!messages.path(0).path("role").asText().equals("user")) {
            return "messages: first message must use the \"user\" role";
        }
        var open = new TreeSet<String>();
        boolean functions = false;
        for (var message : messages) {
            boolean answered = open.isEmpty();
            for (var block : message.path("content")) {
                switch (block.path("type").asText()) {
                    case "text" -> {
                        if (block.path("text").asText().isBlank()) {
                            return "messages: text content blocks must be non-empty";
                        }
                        if (!answered && !open.isEmpty()) {
                            return "`tool_use` ids were found without `tool_result` blocks"
                                    + " immediately after: "
                                    + open;
                        }
                    }
                    case "tool_use" -> {
                        functions = true;
                        if (!block.path("input").isObject()) {
                            return "tool_use.input: Input should be a valid dictionary";
                        }
                        open.add(block.path("id").asText());
                    }
                    case "tool_result" -> {
                        if (!open.remove(block.path("tool_use_id").asText())) {
                            return "unexpected `tool_use_id` found in `tool_result` blocks";
                        }
                    }
                    default -> {
                        return "content: unknown type";
                    }
                }
            }
            if (message.path("role").asText().equals("user") && !open.isEmpty()) {
                return "`tool_use` ids were found without `tool_result` blocks: " + open;
            }
        }
        return functions && body.path("tools").isEmpty()
                ? "Requests which include `tool_use` or `tool_result` blocks must define tools"
                : null;
    }

    /// A text, in pieces of a few letters.
    public static Line says(String text) {
        return ends(text, "end_turn");
    }

    /// A text that ends for a reason: `max_tokens`, `refusal`.
    public static Line ends(String text, String reason) {
        return exchange -> {
            var out = begin(exchange);
            if (!text.isEmpty()) {
                words(out, 0, text);
                stop(out, 0);
            }
            end(out, reason, 20);
        };
    }

    /// A text and functions, all at once.
    public static Line calls(String text, Call... calls) {
        return exchange -> {
            var out = begin(exchange);
            int block = 0;
            if (!text.isEmpty()) {
                words(out, block, text);
                stop(out, block++);
            }
            for (var call : calls) {
                var start = NODES.objectNode().put("type", "content_block_start");
                start.put("index", block);
                start.putObject("content_block")
                        .put("type", "tool_use")
                        .put("id", "toolu_" + block)
                        .put("name", call.name())
                        .putObject("input");
                send(out, start);
                for (int at = 0; at < call.arguments().length(); at += 5) {
                    var delta = NODES.objectNode().put("type", "content_block_delta");
                    delta.put("index", block);
                    delta.putObject("delta")
                            .put("type", "input_json_delta")
                            .put(
                                    "partial_json",
                                    call.arguments()
                                            .substring(
                                                    at,
                                                    Math.min(at + 5, call.arguments().length())));
                    send(out, delta);
                }
                stop(out, block++);
            }
            end(out, "tool_use", 30);
        };
    }

    public static Line call(String name, String arguments) {
        return calls("", new Call(name, arguments));
    }

    /// An error as the server words it.
    public static Line error(int status, String type, String message) {
        return exchange -> {
            var body = NODES.objectNode().put("type", "error");
            body.putObject("error").put("type", type).put("message", message);
            body.put("request_id", "req_011CSHoEeqs5C35K2UUqR7Fy");
            var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /// One that says how long to wait.
    public static Line errorFor(int status, String type, int seconds) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(seconds));
            error(status, type, "later").answer(exchange);
        };
    }

    /// Some text, then an error within the stream.
    public static Line errorAfter(String text, String type, String message) {
        return exchange -> {
            var out = begin(exchange);
            words(out, 0, text);
            var event = NODES.objectNode().put("type", "error");
            event.putObject("error").put("type", type).put("message", message);
            send(out, event);
        };
    }

    /// Some text, then the connection ends.
    public static Line breaksOff(String text) {
        return exchange -> {
            words(begin(exchange), 0, text);
            throw new IOException("broken on purpose");
        };
    }

    /// Some text, then nothing more until the latch opens.
    public static Line stalls(String text, CountDownLatch until) {
        return exchange -> {
            words(begin(exchange), 0, text);
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        var start = NODES.objectNode().put("type", "message_start");
        var message = start.putObject("message").put("id", "msg_1").put("type", "message");
        message.put("role", "assistant").put("model", "scripted").putNull("stop_reason");
        message.putArray("content");
        message.putObject("usage").put("input_tokens", 200).put("output_tokens", 1);
        send(out, start);
        send(out, NODES.objectNode().put("type", "ping"));
        return out;
    }

    private static void words(OutputStream out, int block, String text) throws IOException {
        var start = NODES.objectNode().put("type", "content_block_start").put("index", block);
        start.putObject("content_block").put("type", "text").put("text", "");
        send(out, start);
        for (int at = 0; at < text.length(); at += 7) {
            var delta = NODES.objectNode().put("type", "content_block_delta").put("index", block);
            delta.putObject("delta")
                    .put("type", "text_delta")
                    .put("text", text.substring(at, Math.min(text.length(), at + 7)));
            send(out, delta);
        }
    }

    private static void stop(OutputStream out, int block) throws IOException {
        send(out, NODES.objectNode().put("type", "content_block_stop").put("index", block));
    }

    private static void end(OutputStream out, String reason, int said) throws IOException {
        var delta = NODES.objectNode().put("type", "message_delta");
        delta.putObject("delta").put("stop_reason", reason).putNull("stop_sequence");
        delta.putObject("usage").put("output_tokens", said);
        send(out, delta);
        send(out, NODES.objectNode().put("type", "message_stop"));
    }

    private static void send(OutputStream out, ObjectNode event) throws IOException {
        var lines = "event: %s%ndata: %s%n%n".formatted(event.path("type").asText(), event);
        out.write(lines.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
