package io.lakebaseops.agents.health.operations;

import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Remedy;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakehouse.GeneratedRows;
import io.lakebaseops.lakehouse.Lakehouse;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Recommends after which idle time computes should suspend. The recorded activity is replayed
/// against every timeout: what it costs against how often somebody waits for a start.
public final class RecommendScaleToZeroTimeout
        implements ReadTool<RecommendScaleToZeroTimeout.Input, RecommendScaleToZeroTimeout.Output> {
    static final String KIND = "suspend_timeout";

    /// Of the control plane, no database.
    private static final String NO_DATABASE = "(control plane)";

    private final ControlPlaneAccess planes;
    private final SuspendAdvisor advisor;

    public RecommendScaleToZeroTimeout(ControlPlaneAccess planes, Lakehouse lakehouse) {
        this.planes = planes;
        this.advisor = new SuspendAdvisor(lakehouse);
    }

    public record Input(
            @Doc(value = "Days of activity to replay", defaultValue = "30") int days,
            @Doc(value = "Cold starts a day that are acceptable", defaultValue = "12")
                    double coldStarts) {
        public Input {
            if (days < 1 || days > 90 || coldStarts < 0) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Recommending a suspend timeout",
                        "days is %d and cold_starts %s".formatted(days, coldStarts),
                        "give 1 to 90 days, and no negative number of cold starts");
            }
        }
    }

    public record Output(List<SuspendAdvice> branches) {
        public Output {
            branches = List.copyOf(branches);
        }
    }

    /// @param advice as replayed; the plan reads the endpoint again
    record NewTimeout(SuspendAdvice advice) implements Remedy {
        @Override
        public String database() {
            return NO_DATABASE;
        }

        @Override
        public String key() {
            var timeout = advice.best().timeout();
            return advice.branch() + "/" + advice.endpoint() + " " + timeout;
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        RecommendScaleToZeroTimeout.class,
                        "Replays activity against every suspend timeout: cost against cold starts",
                        "C.operations")
                .about(ToolDescriptor.Scope.PROJECT)
                .every("30 6 * * 1");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var project = context.target().project();
        var plane = planes.of(context.target()).orElse(null);
        if (plane == null || plane.project(project, context.deadline()).isEmpty()) {
            return Outcome.unavailable(
                    "a PostgreSQL server of its own is never suspended",
                    "choose a Lakebase project");
        }
        var answer =
                advisor.advise(
                        plane,
                        project,
                        input.days(),
                        input.coldStarts(),
                        context.clock().instant(),
                        context.deadline());
        var caveats = new ArrayList<>(answer.quiet());
        if (!answer.advice().isEmpty()) {
            caveats.add("activity is known to five minutes: gaps may be up to ten minutes longer");
        }
        answer.advice().stream()
                .filter(a -> a.wake() == null)
                .forEach(a -> caveats.add(a.branch() + ": no cold start was measured yet"));
        var generated = new GeneratedRows();
        answer.advice().forEach(a -> generated.until(a.generatedUntil()));
        var until = generated.until();
        if (until != null) {
            caveats.add(GeneratedHistory.caveat(until));
        }
        var findings =
                answer.advice().stream()
                        .filter(SuspendAdvice::worthwhile)
                        .map(a -> finding(a, context))
                        .toList();
        return new Outcome.Found<>(
                new Output(answer.advice()),
                until == null ? Source.STORED : Source.SIMULATED,
                findings,
                List.of(KIND),
                caveats);
    }

    @Override
    public Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        var plane = planes.of(context.target()).orElse(null);
        if (plane == null) {
            return new Remedies(List.of(), List.of("the control plane is gone"));
        }
        var maker = new SuspendTimeoutPlan(plane, context.actor(), context.clock());
        var plans = new ArrayList<ChangePlan>();
        var skipped = new ArrayList<String>();
        for (var finding : findings) {
            if (finding.remedy() instanceof NewTimeout(SuspendAdvice advice)) {
                try {
                    var plan =
                            maker.of(context.target(), advice, advice.best(), context.deadline());
                    plans.add(mending(plan, finding));
                } catch (OpsException e) {
                    skipped.add(advice.branch() + ": " + e.getMessage());
                }
            }
        }
        return new Remedies(plans, skipped);
    }

    private static ChangePlan mending(ChangePlan p, Finding finding) {
        return new ChangePlan(
                finding.target(),
                p.tool(),
                p.proposedBy(),
                p.verb(),
                p.title(),
                p.subject(),
                p.why(),
                p.steps(),
                p.undo(),
                p.effect(),
                p.preconditions(),
                p.proofs(),
                finding.evidence(),
                finding.fingerprint(),
                null,
                p.createdAt(),
                p.expiresAt());
    }

    private static Finding finding(SuspendAdvice a, ToolContext context) {
        var saved = a.savedPerDay();
        var summary =
                "%s suspends %s: %s would save %.1f awake hours a day%s, with %.1f cold starts a day%s"
                        .formatted(
                                a.branch(),
                                SuspendTimeoutPlan.words(a.current()),
                                SuspendTimeoutPlan.words(a.best().timeout()),
                                a.savedHours(),
                                saved == null ? "" : " (%.2f %s)".formatted(saved, a.currency()),
                                a.best().coldStartsPerDay(),
                                a.generatedUntil() == null ? "" : " (generated history)");
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var point : a.curve()) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("timeout", SuspendTimeoutPlan.words(point.timeout()));
            row.put("awake_hours_per_day", point.awakeHoursPerDay());
            row.put("cold_starts_per_day", point.coldStartsPerDay());
            row.put("cost_per_day", point.costPerDay());
            rows.add(row);
        }
        var now = context.clock().instant();
        return Finding.of(
                        context.target(),
                        KIND,
                        Severity.INFO,
                        Subject.branch(a.branch()),
                        summary,
                        new Confidence(0.8, "the future is taken to be like the days replayed"),
                        null,
                        null,
                        List.of(
                                new Evidence(
                                        "lakehouse/activity_spans",
                                        Map.of("project", context.target().project()),
                                        new Rows(rows),
                                        now)),
                        now)
                .mendedBy(new NewTimeout(a));
    }
}
