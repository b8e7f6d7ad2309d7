package io.lakebaseops.change;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Lease;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Carries out the steps of an approved plan, in order, each with its receipt; stops at the first
/// failure and says what was applied until then.
final class ChangeRunner {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Targets targets;
    private final ControlPlanes controlPlanes;
    private final Receipts receipts;
    private final HalfBuiltIndexes halfBuilt;
    private final StepWatch watch;

    ChangeRunner(
            Targets targets,
            SqlLibrary sql,
            ControlPlanes controlPlanes,
            Receipts receipts,
            StepWatch watch) {
        this.targets = targets;
        this.controlPlanes = controlPlanes;
        this.receipts = receipts;
        this.halfBuilt = new HalfBuiltIndexes(targets, sql);
        this.watch = watch;
    }

    /// How far did it come?
    sealed interface Run {
        record Completed() implements Run {}

        /// @param reason which step failed why, and what was applied before
        record Stopped(String reason) implements Run {}
    }

    Run run(Approved approved, Receipt.Phase phase, Lease turn) {
        try (approved) {
            return steps(approved, phase, turn);
        }
    }

    private Run steps(Approved approved, Receipt.Phase phase, Lease turn) {
        var steps = approved.steps();
        for (int i = 0; i < steps.size(); i++) {
            if (!turn.held()) {
                return stopped(steps, i, "the turn at the state database was lost", "");
            }
            var step = steps.get(i);
            var target = approved.filed().plan().target();
            var before = halfBuilt.before(target, step, Deadline.in(limit(step)));
            var failure = step(approved, phase, i + 1, step);
            if (failure != null) {
                return stopped(steps, i, failure, leftover(approved, before));
            }
        }
        return new Run.Completed();
    }

    /// Runs one step between its two receipts. Returns why it failed, null when it did not.
    private @Nullable String step(Approved approved, Receipt.Phase phase, int number, Step step) {
        var target = approved.filed().plan().target();
        var id = receipts.start(approved.planId(), phase, number, step);
        long began = System.nanoTime();
        try {
            long rows = act(target, approved, step);
            receipts.end(
                    id,
                    approved.planId(),
                    phase,
                    number,
                    Receipt.Outcome.DONE,
                    since(began),
                    rows,
                    null);
            return null;
        } catch (OpsException | IllegalArgumentException e) {
            var why = explain(step, e);
            receipts.end(
                    id,
                    approved.planId(),
                    phase,
                    number,
                    Receipt.Outcome.FAILED,
                    since(began),
                    null,
                    why);
            return why;
        }
    }

    private long act(TargetId target, Approved approved, Step step) {
        var deadline = Deadline.in(limit(step));
        return switch (step) {
            case Step.SqlStep sql -> statement(target, approved, sql, deadline);
            case Step.ApiStep api -> {
                api(Preconditions.required(controlPlanes, target), api.act(), deadline);
                yield 0L;
            }
        };
    }

    private long statement(
            TargetId target, Approved approved, Step.SqlStep step, Deadline deadline) {
        try (var session = targets.write(target, step.database(), approved, deadline);
                var watching = watch.over(approved, step, deadline)) {
            try {
                return session.run(step).size();
            } catch (OpsException e) {
                var stopped = watching.stopped();
                if (stopped == null || e.kind() != OpsException.Kind.CANCELLED) {
                    throw e;
                }
                throw new OpsException(e.kind(), e.what(), stopped, "plan it again", e);
            }
        }
    }

    private static void api(ControlPlane controlPlane, Step.ApiAct act, Deadline deadline) {
        switch (act) {
            case Step.ApiAct.CreateBranch c ->
                    controlPlane.createBranch(
                            new ControlPlane.NewBranch(
                                    c.project(),
                                    c.branch(),
                                    c.source(),
                                    c.ttlSeconds() == null
                                            ? null
                                            : Duration.ofSeconds(c.ttlSeconds()),
                                    c.isProtected(),
                                    c.at(),
                                    null),
                            deadline,
                            _ -> {});
            case Step.ApiAct.DeleteBranch d ->
                    controlPlane.deleteBranch(d.project(), d.branch(), deadline);
        }
    }

    /// A failed concurrent build leaves an invalid index behind; ours is removed by a step of its
    /// own, one that was there before is left alone.
    private String leftover(Approved approved, HalfBuiltIndexes.Before before) {
        var found = halfBuilt.after(before, Deadline.in(Duration.ofSeconds(30)));
        return switch (found) {
            case HalfBuiltIndexes.Found.Nothing _ -> "";
            case HalfBuiltIndexes.Found.Unknown(var why) ->
                    "; whether an invalid index was left behind is not known: " + why;
            case HalfBuiltIndexes.Found.Foreign(var index) ->
                    "; the invalid index " + index + " was there before and is left alone";
            case HalfBuiltIndexes.Found.Ours(var index, var drop) -> {
                approved.allowCleanup(drop);
                var failure = step(approved, Receipt.Phase.CLEANUP, 1, drop);
                yield failure == null
                        ? "; the half-built index " + index + " was removed"
                        : "; the invalid index " + index + " is left behind: " + failure;
            }
        };
    }

    private static Run stopped(List<Step> steps, int failed, String why, String after) {
        var applied =
                failed == 0
                        ? "nothing was applied before"
                        : "applied before: "
                                + String.join(
                                        ", ",
                                        steps.subList(0, failed).stream()
                                                .map(Step::title)
                                                .toList());
        return new Run.Stopped(
                "step %d of %d (%s): %s%s; %s"
                        .formatted(
                                failed + 1,
                                steps.size(),
                                steps.get(failed).title(),
                                why,
                                after,
                                applied));
    }

    /// A lock that is not free is the one failure people meet daily: it gets its own words.
    private static String explain(Step step, RuntimeException e) {
        if (step instanceof Step.SqlStep sql && LOCK_NOT_AVAILABLE.equals(sqlState(e))) {
            return ("could not get its lock within %s because other sessions hold it; this step"
                            + " changed nothing, plan it again when they are gone")
                    .formatted(seconds(sql.lockTimeout()));
        }
        return String.valueOf(e.getMessage());
    }

    private static String sqlState(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /// The server's own limits come first; this one is for a server that no longer answers.
    private static Duration limit(Step step) {
        return switch (step) {
            case Step.SqlStep sql -> sql.statementTimeout().plus(sql.lockTimeout()).plusSeconds(15);
            case Step.ApiStep _ -> Duration.ofMinutes(10);
        };
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
