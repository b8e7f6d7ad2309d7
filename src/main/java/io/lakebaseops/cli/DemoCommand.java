package io.lakebaseops.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `demo`: the whole way from a problem to a verified repair, without a display.
@Command(
        name = "demo",
        description = "Run the five phases on Local Lakebase",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report there")
    private @Nullable Path json;

    @Option(
            names = "--shots",
            paramLabel = "DIR",
            description = "Write a picture per screen and the report there")
    private @Nullable Path shots;

    DemoCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        return services.demo().run(new Demo.Options(json, shots), spec.commandLine().getOut());
    }
}
