package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.testing.Patience;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// Writes down which tools ran where; what they report is handed in.
final class CountingFramework implements AgentFramework {
    private final ToolCatalog catalog;
    private final TaskExecutor room;
    private final Clock clock;
    private final Function<ToolRun, ToolReport> body;
    final List<String> runs = Collections.synchronizedList(new ArrayList<>());
    final List<JsonNode> inputs = Collections.synchronizedList(new ArrayList<>());

    CountingFramework(
            TaskExecutor room, Clock clock, Function<ToolRun, ToolReport> body, String... tools) {
        this(room, clock, body, catalog(tools));
    }

    CountingFramework(
            TaskExecutor room,
            Clock clock,
            Function<ToolRun, ToolReport> body,
            ToolCatalog catalog) {
        this.room = room;
        this.clock = clock;
        this.body = body;
        this.catalog = catalog;
    }

    static ToolCatalog catalog(String... names) {
        return new ToolCatalog(
                Stream.of(names).map(n -> tool(SampleTool.describe(n, Patience.LONG))).toList());
    }

    static SampleTool tool(ToolDescriptor descriptor) {
        return new SampleTool(descriptor, (_, _) -> Outcome.live(output()));
    }

    static SampleTool.Output output() {
        return new SampleTool.Output("x", 0, null);
    }

    static ToolReport fine(ToolRun run) {
        return run.ok(
                new Outcome.Found<>(
                        output(),
                        io.lakebaseops.domain.Source.LIVE,
                        List.of(),
                        List.of(),
                        List.of()),
                List.of(),
                List.of());
    }

    @Override
    public ToolCatalog catalog() {
        return catalog;
    }

    @Override
    public Work<ToolReport> start(String tool, JsonNode input, TargetId target, Actor actor) {
        var run = new ToolRun(UUID.randomUUID(), tool, target, actor, clock.instant(), clock);
        return room.start(
                new TaskSpec<>(
                        tool,
                        Duration.ofMinutes(1),
                        Duration.ofMillis(100),
                        _ -> {
                            runs.add(tool + "@" + target.branch());
                            inputs.add(input);
                            return body.apply(run);
                        },
                        run::failed));
    }

    @Override
    public Work<ToolReport> mend(String tool, String fingerprint, TargetId target, Actor actor) {
        throw new UnsupportedOperationException("no test mends one finding");
    }

    @Override
    public List<ToolReport> recent(int limit) {
        return List.of();
    }
}
