package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/// An event after which a tool is run, where, and with what input. The tool that names it in its
/// descriptor is the one that runs.
///
/// @param on the kind of event
/// @param where the target to run on
public record EventTrigger<E extends OpsEvent>(
        Class<E> on, Function<E, TargetId> where, Function<E, ObjectNode> input) {

    /// Runs the tool with its defaults on the event's own target.
    public static <E extends OpsEvent> EventTrigger<E> on(Class<E> event) {
        return new EventTrigger<>(
                event, OpsEvent::target, _ -> JsonNodeFactory.instance.objectNode());
    }

    /// Runs the tool with its defaults on every new branch.
    public static EventTrigger<OpsEvent.BranchCreated> onNewBranch() {
        return on(OpsEvent.BranchCreated.class)
                .where(e -> new TargetId(e.target().profile(), e.target().project(), e.branch()));
    }

    public EventTrigger<E> where(Function<E, TargetId> place) {
        return new EventTrigger<>(on, place, input);
    }

    public EventTrigger<E> with(Function<E, ObjectNode> values) {
        return new EventTrigger<>(on, where, values);
    }

    /// What the event asks for; null when it is of another kind.
    @Nullable Call answer(String tool, OpsEvent event) {
        if (!on.isInstance(event)) {
            return null;
        }
        var mine = on.cast(event);
        return new Call(tool, where.apply(mine), input.apply(mine));
    }

    /// A tool to run, where, and with what.
    record Call(String tool, TargetId target, ObjectNode input) {}
}
