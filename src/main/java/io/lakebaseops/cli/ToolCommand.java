package io.lakebaseops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.GeneratedFiles;
import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.ToolInput;
import io.lakebaseops.framework.ToolReport;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    @Option(
            names = "--files-to",
            paramLabel = "DIR",
            description = "Write the files the tool makes into this working copy")
    private @Nullable Path filesTo;

    @Option(
            names = "--overwrite",
            description = "With --files-to: replace files that are there and differ")
    private boolean overwrite;

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
            var put = put(report);
            if (json) {
                var node = ReportJson.of(report);
                if (filesTo != null) {
                    node.set("files_put", OutputJson.tree(put));
                }
                OutputWriter.json(out, node);
            } else {
                ReportText.print(out, report);
                put.forEach(
                        p -> out.println("  file " + p.path() + "  " + ReportText.word(p.state())));
                out.flush();
            }
            return ExitCode.of(report);
        } catch (OpsException e) {
            if (json) {
                var after = Duration.ofNanos(System.nanoTime() - begin);
                OutputWriter.json(out, ReportJson.notStarted(name, e, after));
            }
            throw e;
        }
    }

    private List<WorkingCopy.Put> put(ToolReport report) {
        if (filesTo == null || report.status() != ToolReport.Status.OK) {
            return List.of();
        }
        if (report.data() instanceof GeneratedFiles made) {
            return new WorkingCopy(filesTo, overwrite).put(made.files());
        }
        throw new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Files of " + name,
                "this tool makes none",
                "leave out --files-to");
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
