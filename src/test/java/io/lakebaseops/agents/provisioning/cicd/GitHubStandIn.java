package io.lakebaseops.agents.provisioning.cicd;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The parts of GitHub and of the workspace's identity service that cannot exist here: identity
/// tokens, their exchange, and the comments of one pull request. Records what it was asked.
final class GitHubStandIn implements AutoCloseable {
    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;
    private final String workspaceToken;
    final List<String> calls = new ArrayList<>();
    final List<ObjectNode> comments = new ArrayList<>();

    GitHubStandIn(String workspaceToken) throws IOException {
        this.workspaceToken = workspaceToken;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange call) throws IOException {
        try (call) {
            var body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var path = call.getRequestURI().getPath();
            calls.add(call.getRequestMethod() + " " + path);
            switch (call.getRequestMethod() + " " + path.replaceAll("/\\d+", "/N")) {
                case "GET /identity" -> reply(call, 200, "{\"value\":\"identity of the run\"}");
                case "POST /oidc/v1/token" -> {
                    boolean good =
                            body.contains("subject_token=identity+of+the+run")
                                    || body.contains("subject_token=identity%20of%20the%20run");
                    reply(
                            call,
                            good && body.contains("client_id=the-client") ? 200 : 401,
                            "{\"access_token\":\"%s\"}".formatted(workspaceToken));
                }
                case "GET /repos/acme/shop/issues/N/comments" -> {
                    int page = call.getRequestURI().getQuery().endsWith("page=1") ? 1 : 2;
                    var shown =
                            page == 1 ? comments.stream().limit(100) : comments.stream().skip(100);
                    reply(call, 200, json.writeValueAsString(shown.toList()));
                }
                case "POST /repos/acme/shop/issues/N/comments" -> {
                    var comment = (ObjectNode) json.readTree(body);
                    comment.put("id", comments.size() + 1);
                    comments.add(comment);
                    reply(call, 201, comment.toString());
                }
                case "PATCH /repos/acme/shop/issues/comments/N" -> {
                    int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
                    comments.get(id - 1).set("body", json.readTree(body).get("body"));
                    reply(call, 200, "{}");
                }
                default -> reply(call, 404, "{}");
            }
        }
    }

    void comment(String text) {
        comments.add(json.createObjectNode().put("id", comments.size() + 1).put("body", text));
    }

    private static void reply(HttpExchange call, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
