package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.health.operations.SuspendAdvice.Point;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.EndpointConfig;
import io.lakebaseops.lakebase.acts.ShapeEndpointAct;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The plan that gives a compute another suspend timeout and leaves its size and settings alone.
public final class SuspendTimeoutPlan {
    /// Activity and bills change from day to day; an older plan is made anew.
    private static final Duration LIFE = Duration.ofDays(3);

    private final ControlPlane plane;
    private final Actor actor;
    private final Clock clock;

    public SuspendTimeoutPlan(ControlPlane plane, Actor actor, Clock clock) {
        this.plane = plane;
        this.actor = actor;
        this.clock = clock;
    }

    /// @param chosen a point of the advice's curve
    public ChangePlan of(TargetId target, SuspendAdvice advice, Point chosen, Deadline deadline) {
        var project = target.project();
        var branch = advice.branch();
        var endpoint =
                plane.endpoints(project, branch, deadline).stream()
                        .filter(e -> e.id().equals(advice.endpoint()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new OpsException(
                                                OpsException.Kind.NOT_FOUND,
                                                "Planning another suspend timeout",
                                                "endpoint %s of %s is gone"
                                                        .formatted(advice.endpoint(), branch),
                                                "refresh and look again"));
        var shape = plane.shape(endpoint, deadline);
        var now = clock.instant();
        var was = seconds(shape.suspendAfter());
        var wanted = seconds(chosen.timeout());
        return new ChangePlan(
                new TargetId(target.profile(), project, branch),
                "recommend_scale_to_zero_timeout",
                actor,
                "Change timeout",
                "Suspend %s %s".formatted(branch, words(chosen.timeout())),
                Subject.branch(branch),
                why(advice, chosen),
                List.of(step(project, advice, shape, wanted)),
                new Undo(
                        List.of(step(project, advice, shape, was)),
                        "suspends %s again".formatted(words(shape.suspendAfter())),
                        List.of(suspends("it suspends as before", project, advice, was))),
                new ExpectedEffect(effect(advice, chosen), "1–30 s", null),
                List.of(
                        new Precondition.StillTrue(
                                "the timeout is the one that was looked at",
                                suspends("the timeout is unchanged", project, advice, was))),
                List.of(
                        suspends(
                                "the compute suspends " + words(chosen.timeout()),
                                project,
                                advice,
                                wanted)),
                List.of(),
                null,
                null,
                now,
                now.plus(LIFE));
    }

    private static String why(SuspendAdvice advice, Point chosen) {
        var today = advice.today();
        return ("Replayed from %s: today it suspends %s and would be awake %.1f h a day; with %s it"
                        + " would be %.1f h, with %.1f cold starts a day instead of %.1f")
                .formatted(
                        advice.from(),
                        words(advice.current()),
                        today.awakeHoursPerDay(),
                        chosen.timeout() == null ? "no timeout" : span(chosen.timeout()),
                        chosen.awakeHoursPerDay(),
                        chosen.coldStartsPerDay(),
                        today.coldStartsPerDay());
    }

    private static String effect(SuspendAdvice advice, Point chosen) {
        var now = advice.today().costPerDay();
        var then = chosen.costPerDay();
        if (now == null || then == null) {
            return "awake %.1f h a day instead of %.1f"
                    .formatted(chosen.awakeHoursPerDay(), advice.today().awakeHoursPerDay());
        }
        return String.format(
                Locale.ROOT, "%.2f %s a day instead of %.2f", then, advice.currency(), now);
    }

    private static Step step(
            String project, SuspendAdvice advice, EndpointConfig shape, @Nullable Long seconds) {
        return new Step.ApiStep(
                "Suspend timeout of " + advice.branch(),
                new ShapeEndpointAct(
                        project,
                        advice.branch(),
                        advice.endpoint(),
                        shape.readWrite(),
                        shape.minCu(),
                        shape.maxCu(),
                        seconds,
                        shape.disabled(),
                        shape.settings()),
                Reversibility.REVERSIBLE);
    }

    private static Postcondition suspends(
            String what, String project, SuspendAdvice advice, @Nullable Long seconds) {
        return new Postcondition.EndpointSuspends(
                what, project, advice.branch(), advice.endpoint(), seconds);
    }

    private static @Nullable Long seconds(@Nullable Duration after) {
        return after == null ? null : after.toSeconds();
    }

    /// `after 5 min` or `never`.
    public static String words(@Nullable Duration after) {
        return after == null ? "never" : "after " + span(after);
    }

    /// In whole days, hours or minutes where it is whole: `12 h`, not `720 min`.
    public static String span(Duration time) {
        if (time.isZero() || time.toSeconds() % 60 != 0) {
            return Format.duration(time);
        }
        long minutes = time.toMinutes();
        if (minutes % 1440 == 0) {
            return minutes / 1440 + " d";
        }
        return minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
    }
}
