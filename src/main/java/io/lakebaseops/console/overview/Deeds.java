package io.lakebaseops.console.overview;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture.Flag;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.OpsEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What happened on a server within the range of its charts: our own acts, migrations and restarts
/// as flags, vacuums as ticks.
record Deeds(List<Flag> flags, List<Instant> vacuums) {
    /// More flags than this hide the curves.
    private static final int MOST = 8;

    Deeds {
        flags = List.copyOf(flags);
        vacuums = List.copyOf(vacuums);
    }

    static Deeds of(
            ConsoleSession session, TargetId target, List<FiledPlan> decided, Duration back) {
        var from = session.now().minus(back);
        var flags = new ArrayList<Flag>();
        var vacuums = new ArrayList<Instant>();
        for (var plan : decided) {
            var at = plan.finishedAt();
            if (at == null || at.isBefore(from)) {
                continue;
            }
            boolean failed = plan.state() == FiledPlan.State.FAILED;
            if (plan.state() != FiledPlan.State.DONE && !failed) {
                continue;
            }
            if (!failed
                    && plan.plan().verb().toLowerCase(java.util.Locale.ROOT).startsWith("vacuum")) {
                vacuums.add(at);
            } else {
                flags.add(
                        new Flag(
                                at,
                                plan.plan().title() + (failed ? Texts.of(", failed") : ""),
                                failed ? Role.CRITICAL : Role.MUTED,
                                () -> session.goTo(Destination.plan(plan.id()))));
            }
        }
        for (var event : session.journal().heard()) {
            if (!event.target().equals(target) || event.at().isBefore(from)) {
                continue;
            }
            if (event instanceof OpsEvent.ServerRestarted restarted) {
                flags.add(
                        new Flag(
                                restarted.startedAt(),
                                Texts.of("Server restarted"),
                                Role.CRITICAL,
                                null));
            } else if (event instanceof OpsEvent.SchemaMigrated migrated) {
                flags.add(
                        new Flag(
                                event.at(),
                                Texts.of("Migration %s", migrated.version()),
                                Role.MUTED,
                                null));
            } else if (event instanceof OpsEvent.ExecutionPlanChanged) {
                flags.add(new Flag(event.at(), Texts.of("Plan changed"), Role.INFO, null));
            }
        }
        flags.sort(Comparator.comparing(Flag::at));
        return new Deeds(flags.subList(Math.max(0, flags.size() - MOST), flags.size()), vacuums);
    }
}
