package io.lakebaseops.framework;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.testing.Patience;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/// A tool whose input uses every type an input may have; what it does is handed in.
public record SampleTool(
        ToolDescriptor descriptor, BiFunction<Input, ToolContext, Outcome<Output>> body)
        implements ReadTool<SampleTool.Input, SampleTool.Output> {

    public static SampleTool named(
            String name, BiFunction<Input, ToolContext, Outcome<Output>> body) {
        return new SampleTool(describe(name, Patience.LONG), body);
    }

    public static ToolDescriptor describe(String name, Duration timeout) {
        return new ToolDescriptor(
                name,
                "health",
                "monitoring",
                ToolKind.READ,
                "A sample",
                "C.monitoring",
                ToolDescriptor.Scope.BRANCH,
                timeout,
                new Cadence.OnRequest(),
                List.of());
    }

    /// The same tool, described otherwise.
    SampleTool with(ToolDescriptor other) {
        return new SampleTool(other, body);
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        return body.apply(input, context);
    }

    public enum Mode {
        QUICK_LOOK,
        THOROUGH
    }

    public record Pair(String source, @Nullable String target) {}

    public record Input(
            @Doc(value = "Rows to take", defaultValue = "5000") int top,
            @Doc(value = "How closely to look", defaultValue = "quick_look") Mode mode,
            @Doc(value = "Show what would happen only", defaultValue = "false") boolean dryRun,
            @Doc("Ratio from which it counts") @Nullable Double minRatio,
            @Doc(value = "How far back", defaultValue = "7d") Duration idleFor,
            @Nullable Instant since,
            @Nullable UUID alertId,
            @Nullable Long bytes,
            @Doc(value = "Schemas to look at", defaultValue = "[]") List<String> schemas,
            @Doc(value = "Pairs to compare", defaultValue = "[]") List<Pair> pairs,
            @Doc(value = "Labels", defaultValue = "{}") Map<String, String> tags) {
        public Input {
            if (top < 1) {
                throw new IllegalArgumentException("top must be at least 1 but is " + top);
            }
        }
    }

    public record Output(String note, long rowsSeen, @Nullable Duration oldestIdle) {}
}
