package io.lakebaseops.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.ToolSchema;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `tools`: lists the tools of the agents.
@Command(name = "tools", description = "List the agents' tools", mixinStandardHelpOptions = true)
final class ToolsCommand implements Callable<Integer> {
    private final Services services;

    @SuppressWarnings("NullAway.Init") // filled by picocli
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON, input schemas included")
    private boolean json;

    ToolsCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var tools = services.catalog().all();
        if (json) {
            var array = JsonNodeFactory.instance.arrayNode();
            tools.forEach(t -> array.add(describe(t)));
            OutputWriter.json(out, array);
        } else {
            var rows = new ArrayList<List<String>>();
            for (var tool : tools) {
                var d = tool.descriptor();
                rows.add(
                        List.of(
                                d.name(),
                                d.agent(),
                                d.kind().name().toLowerCase(Locale.ROOT),
                                d.summary()));
            }
            OutputWriter.table(out, rows);
        }
        return ExitCode.OK;
    }

    private static ObjectNode describe(Tool<?, ?> tool) {
        var d = tool.descriptor();
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", d.name())
                        .put("agent", d.agent())
                        .put("module", d.module());
        json.set("kind", OutputJson.tree(d.kind()));
        json.put("schedule", d.schedule()).put("requirement", d.requirement());
        json.set("input_schema", ToolSchema.of(tool));
        return json;
    }
}
