package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakebase.ControlPlaneAccess;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Warns before a project runs out of branches. Warns at 80 % of the limit, critical at 90 %.
public final class MonitorBranchCount
        implements ReadTool<MonitorBranchCount.Input, MonitorBranchCount.Output> {
    static final String KIND = "branch_count_high";

    private final ControlPlaneAccess planes;
    private final BranchPolicy policy;

    public MonitorBranchCount(ControlPlaneAccess planes, BranchPolicy policy) {
        this.planes = planes;
        this.policy = policy;
    }

    public record Input(
            @Doc("Unarchived branches allowed; left out: the policy's") @Nullable Integer limit) {}

    /// @param share of the limit, 0 to 1
    /// @param level `ok`, `warning` or `critical`
    /// @param candidates idle branches that could be deleted, longest idle first
    public record Output(
            int branches, int limit, double share, String level, List<Idle> candidates) {
        public Output {
            candidates = List.copyOf(candidates);
        }
    }

    /// @param idleSince null when its compute never ran
    public record Idle(String branch, Instant createdAt, @Nullable Instant idleSince) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        MonitorBranchCount.class,
                        "Counts unarchived branches against the project's limit and names idle ones",
                        "A.branching")
                .about(ToolDescriptor.Scope.PROJECT)
                .within(Duration.ofMinutes(1))
                .in(StandardJob.BRANCH_MANAGER);
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var project = context.target().project();
        var plane = planes.of(context.target()).orElse(null);
        if (plane == null || plane.project(project, context.deadline()).isEmpty()) {
            return Outcome.unavailable(
                    "there is no project " + project, "choose a Lakebase project");
        }
        var limit = input.limit() == null ? policy.limits().branches() : input.limit();
        var branches = plane.branches(project, context.deadline());
        var count = BranchCount.of(plane, branches, limit, context.deadline());
        var severity = count.severity(policy.limits());
        var output =
                new Output(
                        count.unarchived(),
                        limit,
                        count.share(),
                        severity.map(s -> s == Severity.CRITICAL ? "critical" : "warning")
                                .orElse("ok"),
                        count.candidates().stream()
                                .map(c -> new Idle(c.branch(), c.createdAt(), c.idleSince()))
                                .toList());
        var findings = severity.stream().map(s -> finding(s, output, context)).toList();
        return new Outcome.Found<>(output, Source.LIVE, findings, List.of(KIND), List.of());
    }

    private static Finding finding(Severity severity, Output o, ToolContext context) {
        var project = context.target().project();
        var now = context.clock().instant();
        var idle = o.candidates().stream().map(Idle::branch).collect(Collectors.joining(", "));
        var rows =
                o.candidates().stream()
                        .map(
                                c ->
                                        Map.<String, @Nullable Object>of(
                                                "branch", c.branch(), "created_at", c.createdAt()))
                        .toList();
        return Finding.of(
                context.target(),
                KIND,
                severity,
                new Subject("project", null, null, null, project),
                "%d of %d branches are in use%s"
                        .formatted(
                                o.branches(),
                                o.limit(),
                                idle.isEmpty() ? "; none is idle" : "; idle longest: " + idle),
                new Confidence(1, "counted by the control plane"),
                null,
                null,
                List.of(
                        new Evidence(
                                "control plane: list branches of " + project,
                                Map.of(),
                                new Rows(rows),
                                now)),
                now);
    }
}
