package io.lakebaseops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.lakebaseops.cli.mcp.McpEndpoint;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.framework.Samples;
import io.lakebaseops.framework.ToolReport;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/// The MCP server as the Java client of its library sees it: as a process, and over HTTP.
final class McpServerTest {
    private static final String TOKEN = "a-token-of-24-characters";
    private final FakeServices services = new FakeServices();

    @AfterEach
    void close() {
        services.close();
    }

    private McpEndpoint.Running http() {
        return McpEndpoint.of(
                        services.catalog().all(),
                        services::framework,
                        services::readSql,
                        Samples.TARGET)
                .serve(0, TOKEN, services.background());
    }

    private static McpSyncClient client(McpClientTransport transport) {
        return McpClient.sync(transport)
                .requestTimeout(Duration.ofMinutes(2))
                .initializationTimeout(Duration.ofMinutes(2))
                .clientInfo(new McpSchema.Implementation("Test \"client\"", "1"))
                .build();
    }

    private static String text(McpSchema.CallToolResult result, int item) {
        return ((McpSchema.TextContent) result.content().get(item)).text();
    }

    private static JsonNode json(McpSchema.CallToolResult result) throws IOException {
        return new ObjectMapper().readTree(text(result, 1));
    }

    private static McpSchema.CallToolResult call(
            McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(new McpSchema.CallToolRequest(tool, arguments));
    }

    /// What holds for every way to the server.
    private static void works(McpSyncClient client) throws IOException {
        client.initialize();
        assertThat(client.listTools().tools().stream().map(McpSchema.Tool::name))
                .containsExactlyInAnyOrder(
                        "monitor_system_health",
                        "monitor_branch_count",
                        "propose_detect_duplicate_indexes",
                        "read_sql");
        var health = call(client, "monitor_system_health", Map.of("top", 3));
        assertThat(health.isError()).isFalse();
        assertThat(text(health, 0)).contains("no instruction");
        assertThat(json(health).at("/data/note").asText()).isEqualTo("top 3");
        var missing = call(client, "monitor_branch_count", Map.of());
        assertThat(missing.isError()).isTrue();
        assertThat(json(missing).path("error").asText()).contains("no control plane");
        var proposed = call(client, "propose_detect_duplicate_indexes", Map.of());
        assertThat(proposed.isError()).isFalse();
        assertThat(json(proposed).at("/plan/state").asText()).isEqualTo("waiting");
        var refused = call(client, "read_sql", Map.of("sql", "delete from orders"));
        assertThat(refused.isError()).isTrue();
        assertThat(json(refused).path("word").asText()).isEqualTo("DELETE");
        assertThatThrownBy(() -> call(client, "detect_duplicate_indexes", Map.of()))
                .as("a change tool under its own name")
                .isInstanceOf(McpError.class)
                .hasMessageContaining("Unknown tool");
        assertThatThrownBy(() -> call(client, "approve", Map.of())).isInstanceOf(McpError.class);
    }

    @Test
    void a_client_lists_calls_and_is_refused_over_http() throws IOException {
        try (var running = http();
                var client = client(over(running))) {
            works(client);
        }
        assertThat(services.framework().recent(10).stream().map(ToolReport::actor).distinct())
                .containsExactly(Actor.assistant("mcp client over http"));
    }

    /// Outside a tool's own run, where nothing else makes a report of it.
    @Test
    void an_error_of_the_virtual_machine_in_a_call_is_an_answer_and_the_server_goes_on()
            throws IOException {
        var errors =
                new ArrayDeque<Error>(
                        List.of(
                                new StackOverflowError(),
                                new AssertionError("a check"),
                                new NoClassDefFoundError("org/example/Missing")));
        try (var running =
                        McpEndpoint.of(
                                        services.catalog().all(),
                                        services::framework,
                                        () -> {
                                            throw errors.remove();
                                        },
                                        Samples.TARGET)
                                .serve(0, TOKEN, services.background());
                var client = client(over(running))) {
            client.initialize();
            while (!errors.isEmpty()) {
                var named = errors.element().getClass().getSimpleName();
                var answer = call(client, "read_sql", Map.of("sql", "select 1"));
                assertThat(answer.isError()).as(named).isTrue();
                assertThat(json(answer).path("error").asText()).contains(named);
            }
            assertThat(call(client, "monitor_system_health", Map.of("top", 2)).isError()).isFalse();
        }
    }

    private static McpClientTransport over(McpEndpoint.Running running) {
        return HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + running.port())
                .endpoint(McpEndpoint.PATH)
                .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + TOKEN))
                .build();
    }

    @Test
    void a_client_starts_it_as_a_process_and_only_the_protocol_is_on_its_output()
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                ServerParameters.builder(java)
                        .args(
                                List.of(
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        McpStdioMain.class.getName()))
                        .build();
        try (var client = client(new StdioClientTransport(process, McpJsonDefaults.getMapper()))) {
            works(client);
        }
    }

    @Test
    void the_port_is_closed_to_pages_to_other_names_and_without_the_token() throws Exception {
        try (var running = http()) {
            assertThat(status(running, "Authorization", "Bearer " + TOKEN)).isEqualTo(200);
            assertThat(status(running)).isEqualTo(401);
            assertThat(status(running, "Authorization", "Bearer wrong")).isEqualTo(401);
            assertThat(
                            status(
                                    running,
                                    "Authorization",
                                    "Bearer " + TOKEN,
                                    "Origin",
                                    "https://evil.example"))
                    .isEqualTo(403);
            assertThat(raw(running, "evil.example:" + running.port())).contains(" 403 ");
            assertThat(raw(running, "127.0.0.1:" + running.port())).contains(" 200 ");
        }
    }

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private static int status(McpEndpoint.Running running, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + running.port() + McpEndpoint.PATH))
                        .POST(HttpRequest.BodyPublishers.ofString(PING));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /// The JDK's client does not let its callers choose the Host.
    private static String raw(McpEndpoint.Running running, String host) throws IOException {
        try (var socket = new java.net.Socket("127.0.0.1", running.port())) {
            var head =
                    """
                    POST %s HTTP/1.1\r
                    Host: %s\r
                    Authorization: Bearer %s\r
                    Content-Length: %d\r
                    Connection: close\r
                    \r
                    %s"""
                            .formatted(McpEndpoint.PATH, host, TOKEN, PING.length(), PING);
            socket.getOutputStream()
                    .write(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return new String(
                    socket.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
