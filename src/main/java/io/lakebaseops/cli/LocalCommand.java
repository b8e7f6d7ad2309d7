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
            @Option(names = "--token-ttl", paramLabel = "3600s", defaultValue = "3600s")
                    Duration tokenLife) {
        return services.localUp()
                .run(
                        new LocalUp.Options(dir, port, size, !still, tokenLife),
                        spec.commandLine().getOut());
    }
}
