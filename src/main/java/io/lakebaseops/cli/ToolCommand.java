package io.lakebaseops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.ToolInput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.concurrent.Callable;

/// `tool NAME`: run one tool now and print what it came to.
@Command(name = "tool", description = "Run one tool", mixinStandardHelpOptions = true)
final class ToolCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Parameters(index = "0", paramLabel = "NAME", description = "As `tools` lists it")
    private String name;

    @Option(names = "--input", paramLabel = "JSON", description = "The tool's input object")
    private String input = "{}";

    @Mixin private final TargetOptions target = new TargetOptions();

    @Option(names = "--json", description = "Print JSON")
    private boolean json;

    ToolCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        long begin = System.nanoTime();
        var choice = target.choice();
        try {
            var parsed = checkedInput();
            var id = services.target(choice);
            var report =
                    Settled.of(
                            services.framework().run(name, parsed, id, services.person()),
                            services.approvals());
            if (json) {
                OutputWriter.json(out, ReportJson.of(report));
            } else {
                ReportText.print(out, report);
            }
            return ExitCode.of(report.status());
        } catch (OpsException e) {
            if (json) {
                var after = Duration.ofNanos(System.nanoTime() - begin);
                OutputWriter.json(out, ReportJson.notStarted(name, e, after));
            }
            throw e;
        }
    }

    /// Checked before any server is touched.
    private JsonNode checkedInput() {
        var tool =
                services.catalog()
                        .find(name)
                        .orElseThrow(
                                () ->
                                        new OpsException(
                                                OpsException.Kind.NOT_FOUND,
                                                "Tool " + name,
                                                "there is no tool of this name",
                                                "`tools` lists those there are"));
        try {
            var parsed = JSON.readTree(input.isBlank() ? "{}" : input);
            ToolInput.read(tool, parsed);
            return parsed;
        } catch (JsonProcessingException e) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Input of " + name,
                    "not JSON: " + e.getOriginalMessage(),
                    "write an object, for example {\"top\": 10}",
                    e);
        }
    }
}
