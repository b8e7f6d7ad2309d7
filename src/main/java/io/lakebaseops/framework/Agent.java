package io.lakebaseops.framework;

import java.util.List;

/// Who is at work? A name, the tools it has, and what it does about events. Its cycles are the jobs
/// that use its tools.
///
/// @param name as in [ToolDescriptor#agent]
/// @param title for people
public record Agent(
        String name, String title, List<ToolDescriptor> tools, List<EventTrigger<?>> reactions) {
    public Agent {
        tools = List.copyOf(tools);
        reactions = List.copyOf(reactions);
        for (var reaction : reactions) {
            if (tools.stream().noneMatch(t -> t.name().equals(reaction.tool()))) {
                throw new IllegalArgumentException(
                        name + " cannot react with " + reaction.tool() + ", it is not its tool");
            }
        }
    }

    boolean has(String tool) {
        return tools.stream().anyMatch(t -> t.name().equals(tool));
    }
}
