package io.lakebaseops.cli;

import io.lakebaseops.cli.mcp.McpEndpoint;
import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;

/// `mcp`: serve our tools to a client of the Model Context Protocol.
@Command(
        name = "mcp",
        description = "Serve the tools to an MCP client such as Claude or Cursor",
        mixinStandardHelpOptions = true)
final class McpCommand implements Callable<Integer> {
    static final String TOKEN = "LAKEBASEOPS_MCP_TOKEN";
    private static final int TOKEN_BYTES = 32;

    /// Whoever chooses one himself does not choose one that can be guessed.
    private static final int SHORTEST = 24;

    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            description =
                    "Serve over HTTP on 127.0.0.1 instead of standard input and output; the token"
                            + " is LAKEBASEOPS_MCP_TOKEN, or a new one that is printed")
    private @Nullable Integer port;

    @Mixin private final TargetOptions target = new TargetOptions();

    McpCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        var protocol = System.out;
        // Whatever else prints must not get between the messages.
        System.setOut(System.err);
        try {
            var endpoint =
                    McpEndpoint.of(
                            services.catalog().all(),
                            services::framework,
                            services::readSql,
                            services.target(target.choice()));
            if (port == null) {
                endpoint.serve(System.in, protocol);
            } else {
                http(endpoint, port);
            }
            return ExitCode.OK;
        } finally {
            System.setOut(protocol);
        }
    }

    private void http(McpEndpoint endpoint, int port) throws InterruptedException {
        var given = System.getenv(TOKEN);
        if (given != null && given.length() < SHORTEST) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Token " + TOKEN,
                    "it has fewer than %d characters".formatted(SHORTEST),
                    "take a longer one, or leave it out and a new one is made");
        }
        var token = given == null ? fresh() : given;
        try (var running = endpoint.serve(port, token, services.background())) {
            var err = spec.commandLine().getErr();
            err.println("MCP at http://127.0.0.1:%d%s".formatted(running.port(), McpEndpoint.PATH));
            if (given == null) {
                err.println("Authorization: Bearer " + token);
            }
            err.flush();
            running.awaitEnd();
        }
    }

    private static String fresh() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
