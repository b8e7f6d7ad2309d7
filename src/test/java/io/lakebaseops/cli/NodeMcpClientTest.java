package io.lakebaseops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.cli.mcp.McpEndpoint;
import io.lakebaseops.framework.Samples;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// `@modelcontextprotocol/sdk` for Node, over stdio and HTTP. With `-Dnode.clients=true`: needs
/// Node 20 or newer, and npm that may fetch the package.
@EnabledIfSystemProperty(named = "node.clients", matches = "true")
final class NodeMcpClientTest {
    private static final String TOKEN = "a-token-of-24-characters";

    @Test
    void it_lists_calls_proposes_and_is_refused(@TempDir Path dir) throws Exception {
        Files.writeString(dir.resolve("package.json"), "{\"type\":\"module\"}");
        run(
                dir,
                Map.of(),
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "@modelcontextprotocol/sdk@1.32.2");
        try (var in = getClass().getResourceAsStream("/mcp/client.mjs")) {
            Files.copy(Objects.requireNonNull(in), dir.resolve("client.mjs"));
        }
        try (var services = new FakeServices();
                var running =
                        McpEndpoint.of(
                                        services.catalog().all(),
                                        services::framework,
                                        services::readSql,
                                        Samples.TARGET)
                                .serve(0, TOKEN, services.background())) {
            var said =
                    run(
                            dir,
                            Map.of(
                                    "JAVA",
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "JAVA_CLASS_PATH",
                                    System.getProperty("java.class.path"),
                                    "MCP_MAIN",
                                    McpStdioMain.class.getName(),
                                    "MCP_URL",
                                    "http://127.0.0.1:" + running.port() + McpEndpoint.PATH,
                                    "MCP_TOKEN",
                                    TOKEN),
                            "node",
                            "client.mjs");
            for (var how : new String[] {"stdio", "http"}) {
                assertThat(said.lines())
                        .contains(
                                how
                                        + " tools monitor_branch_count,monitor_system_health,"
                                        + "propose_detect_duplicate_indexes,read_sql",
                                how + " read top 3",
                                how + " proposed waiting",
                                how + " refused true DROP TABLE",
                                how + " detect_duplicate_indexes refused",
                                how + " approve refused");
            }
        }
    }

    private static String run(Path in, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var said = in.resolve("said.txt");
        var builder =
                new ProcessBuilder(command)
                        .directory(in.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        boolean ended = process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        var text = Files.readString(said, StandardCharsets.UTF_8);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0).as(text).isTrue();
        return text;
    }
}
