package io.lakebaseops.framework;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.work.TaskContext;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// One run from its start to its report, in whatever way it ends.
record ToolRun(UUID id, String tool, TargetId target, Actor actor, Instant startedAt, Clock clock) {

    ToolContext context(TaskContext scope) {
        return new ToolContext(id, target, actor, scope.deadline(), clock, scope::progress);
    }

    /// @param more caveats besides those of the tool
    ToolReport ok(Outcome.Found<?> found, List<FiledPlan> plans, List<String> more) {
        return report(
                ToolReport.Status.OK,
                found.source(),
                found.findings(),
                found.data(),
                plans,
                Stream.concat(found.caveats().stream(), more.stream()).toList(),
                null);
    }

    ToolReport unavailable(Outcome.Unavailable<?> missing) {
        return without(
                ToolReport.Status.UNAVAILABLE,
                missing.remedy().isBlank()
                        ? missing.reason()
                        : missing.reason() + " — " + missing.remedy());
    }

    ToolReport failed(OpsException failure) {
        return without(ToolReport.Status.of(failure.kind()), String.valueOf(failure.getMessage()));
    }

    private ToolReport without(ToolReport.Status status, String error) {
        return report(status, Source.UNAVAILABLE, List.of(), null, List.of(), List.of(), error);
    }

    private ToolReport report(
            ToolReport.Status status,
            Source source,
            List<Finding> findings,
            @Nullable Record data,
            List<FiledPlan> plans,
            List<String> caveats,
            @Nullable String error) {
        var took = Duration.between(startedAt, clock.instant());
        return new ToolReport(
                id,
                tool,
                target,
                actor,
                status,
                source,
                findings,
                data,
                plans,
                caveats,
                error,
                startedAt,
                took.isNegative() ? Duration.ZERO : took);
    }
}
