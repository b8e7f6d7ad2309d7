package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;
import java.util.function.Predicate;

/// What does an agent do when it hears of something? It runs one of its own tools.
///
/// @param on the kind of event
/// @param when which of these events it concerns
/// @param where the target to run on
public record EventTrigger<E extends OpsEvent>(
        Class<E> on,
        Predicate<E> when,
        String tool,
        Function<E, TargetId> where,
        Function<E, ObjectNode> input) {

    /// Runs the tool with its defaults on the event's own target.
    public static <E extends OpsEvent> EventTrigger<E> to(Class<E> on, String tool) {
        return new EventTrigger<>(
                on, _ -> true, tool, OpsEvent::target, _ -> JsonNodeFactory.instance.objectNode());
    }

    public EventTrigger<E> when(Predicate<E> condition) {
        return new EventTrigger<>(on, condition, tool, where, input);
    }

    public EventTrigger<E> where(Function<E, TargetId> place) {
        return new EventTrigger<>(on, when, tool, place, input);
    }

    public EventTrigger<E> with(Function<E, ObjectNode> values) {
        return new EventTrigger<>(on, when, tool, where, values);
    }

    /// What the event asks for; null when it does not concern this reaction.
    @Nullable Call answer(OpsEvent event) {
        if (!on.isInstance(event)) {
            return null;
        }
        var mine = on.cast(event);
        return when.test(mine) ? new Call(tool, where.apply(mine), input.apply(mine)) : null;
    }

    /// A tool to run, where, and with what.
    record Call(String tool, TargetId target, ObjectNode input) {}
}
