package io.lakebaseops.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `report --html F --pdf F`: the state of a server as a document for a meeting or a ticket.
@Command(
        name = "report",
        description = "Write the state of a server as one HTML file, as PDF, or both",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    @Option(names = "--html", paramLabel = "FILE", description = "One file, nothing beside it")
    private @Nullable Path html;

    @Option(names = "--pdf", paramLabel = "FILE", description = "The same on A4 pages")
    private @Nullable Path pdf;

    @Option(
            names = "--screen",
            paramLabel = "NAME",
            description = "Only this screen, such as queries or indexes; else all")
    private @Nullable String screen;

    @Mixin private final TargetOptions target = new TargetOptions();

    ReportCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        if (html == null && pdf == null) {
            throw new TargetOptions.Misuse("Say where to: --html FILE, --pdf FILE, or both");
        }
        services.reports()
                .write(services.target(target.choice()), new Reports.Options(screen, html, pdf));
        Stream.of(html, pdf)
                .filter(java.util.Objects::nonNull)
                .forEach(f -> spec.commandLine().getOut().println("Written: " + f));
        return ExitCode.OK;
    }
}
