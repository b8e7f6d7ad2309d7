package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.framework.Cadence;
import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.framework.ToolSchema;
import io.lakebaseops.local.LocalOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.stream.Collectors;

/// The tools of this build as one reviewed text file: name, agent, module, kind, job or
/// cron and events, inputs
/// (a star marks the required ones). A change of any of them is a change of the contract.
final class ToolboxTest {
    @TempDir private Path home;

    @Test
    void the_catalog_is_as_reviewed_and_needs_no_server() throws Exception {
        try (var wiring = new Wiring(new Home(home), LocalOptions.defaults())) {
            assertThat(wiring.catalog().all().stream().map(ToolboxTest::line))
                    .containsExactlyElementsOf(
                            Files.readAllLines(Path.of("src/test/resources/tools.txt")));
        }
        try (var files = Files.list(home)) {
            assertThat(files).as("listing the tools starts nothing").isEmpty();
        }
    }

    private static String line(Tool<?, ?> tool) {
        var d = tool.descriptor();
        return String.join(
                " | ",
                d.name(),
                d.agent(),
                d.module(),
                d.kind().name().toLowerCase(Locale.ROOT),
                when(d),
                inputs(ToolSchema.of(tool.inputType())));
    }

    private static String when(ToolDescriptor tool) {
        var words =
                switch (tool.cadence()) {
                    case Cadence.OnRequest _ -> "on request";
                    case Cadence.InJob(var job) -> job.title();
                    case Cadence.Cron(var cron) -> cron;
                };
        return words
                + tool.triggers().stream()
                        .map(t -> ", after " + t.on().getSimpleName())
                        .collect(Collectors.joining());
    }

    private static String inputs(JsonNode schema) {
        var required = new HashSet<String>();
        schema.path("required").forEach(r -> required.add(r.asText()));
        var names = schema.path("properties").fieldNames();
        var inputs = new ArrayList<String>();
        names.forEachRemaining(n -> inputs.add(required.contains(n) ? n + "*" : n));
        return inputs.isEmpty() ? "-" : String.join(", ", inputs);
    }
}
