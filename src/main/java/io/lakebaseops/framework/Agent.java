package io.lakebaseops.framework;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// An agent: a name and the tools it has. Its cycles are the jobs that use its tools, its reactions
/// the triggers they name.
///
/// @param name as in [ToolDescriptor#agent]
/// @param title for people
public record Agent(String name, String title, List<ToolDescriptor> tools) {
    public Agent {
        tools = List.copyOf(tools);
    }

    boolean has(String tool) {
        return tools.stream().anyMatch(t -> t.name().equals(tool));
    }

    /// What it does about the event, in the order of its tools.
    Stream<EventTrigger.Call> answers(OpsEvent event) {
        return tools.stream()
                .flatMap(t -> t.triggers().stream().map(trigger -> trigger.answer(t.name(), event)))
                .filter(Objects::nonNull);
    }
}
