package io.lakebaseops.agents;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.framework.LivePoller;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.Targets;

import java.util.Optional;

/// Refuses a look that would wake a suspended compute, which starts to cost money.
public final class SuspendGuard {
    private SuspendGuard() {}

    /// For collectors: nobody may wake a compute for a measurement.
    public static <O extends Record> Optional<Outcome<O>> always(
            Targets targets, ToolContext context) {
        // The live rhythm asks once for all the tools of a round.
        if (LivePoller.isLive(context.actor())
                || targets.awake(context.target(), context.deadline())) {
            return Optional.empty();
        }
        return Optional.of(
                Outcome.unavailable(
                        "the compute of " + context.target() + " is suspended",
                        "it is measured again when something else wakes it"));
    }

    /// For everything else: a person may wake it, a schedule may not.
    public static <O extends Record> Optional<Outcome<O>> unlessAsked(
            Targets targets, ToolContext context) {
        return context.actor().kind() == Actor.Kind.HUMAN
                ? Optional.empty()
                : always(targets, context);
    }
}
