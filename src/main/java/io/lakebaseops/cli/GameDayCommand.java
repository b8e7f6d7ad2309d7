package io.lakebaseops.cli;

import io.lakebaseops.gameday.Scenarios;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `gameday`: real faults and harmless look-alikes on a throw-away Local Lakebase, and how the
/// agents dealt with each.
@Command(
        name = "gameday",
        description =
                "Put real faults on a throw-away Local Lakebase and grade detection, diagnosis and"
                        + " repair",
        mixinStandardHelpOptions = true)
final class GameDayCommand implements Callable<Integer> {
    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            description = "Only this fault or decoy; may be given several times")
    private List<String> names = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Order and sizes; the same number gives the same again (default: 1)")
    private long seed;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = "-",
            description = "Write the report there, or print it instead of the table")
    private @Nullable Path json;

    @Option(names = "--list", description = "Say which faults and decoys there are, and run none")
    private boolean list;

    GameDayCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (list) {
            Scenarios.all().forEach(s -> out.printf("%-24s %s%n", s.name(), s.title()));
            return ExitCode.OK;
        }
        var known = Scenarios.all().stream().map(s -> s.name()).toList();
        for (var name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "There is no fault '" + name + "'; see --list");
            }
        }
        return services.gameDays().run(new GameDays.Options(names, seed, json), out);
    }
}
