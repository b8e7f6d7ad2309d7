package io.lakebaseops.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.time.Duration;

/// `local`: a Lakebase of one's own on this machine.
@Command(name = "local", description = "Local Lakebase", mixinStandardHelpOptions = true)
final class LocalCommand {
    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    LocalCommand(Services services) {
        this.services = services;
    }

    @Command(name = "up", description = "Run it in the foreground", mixinStandardHelpOptions = true)
    int up(
            @Option(names = "--dir", paramLabel = "DIR") @Nullable Path dir,
            @Option(names = "--port", paramLabel = "N", defaultValue = "0") int port,
            @Option(names = "--size", defaultValue = "small") LocalUp.Size size,
            @Option(names = "--no-workload") boolean still,
            @Option(
                            names = "--stable",
                            description = "Keep the port and token of the API for the next start")
                    boolean stable,
            @Option(
                            names = "--token-ttl",
                            paramLabel = "3600s",
                            description = "Longest life of a credential, whatever is asked for")
                    @Nullable Duration tokenLife) {
        return services.localUp()
                .run(
                        new LocalUp.Options(dir, port, size, !still, stable, tokenLife),
                        spec.commandLine().getOut());
    }
}
