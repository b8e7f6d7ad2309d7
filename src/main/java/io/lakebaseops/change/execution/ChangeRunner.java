package io.lakebaseops.change.execution;

import io.lakebaseops.change.archival.ArchiveRunner;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Lease;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Carries out the steps of an approved plan, in order, each with its receipt; stops at the first
/// failure and says what was applied until then.
public final class ChangeRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeRunner.class);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Targets targets;
    private final ControlPlaneAccess controlPlanes;
    private final ControlPlaneExecutor acts;
    private final Receipts receipts;
    private final ArchiveRunner archives;
    private final InvalidIndexCleanup halfBuilt;
    private final StepMonitor watch;
    private final Duration apiLimit;

    /// @param apiLimit longest time of one act on the control plane
    public ChangeRunner(
            Targets targets,
            SqlLibrary sql,
            ControlPlaneAccess controlPlanes,
            ControlPlaneExecutor acts,
            ArchiveRunner archives,
            Receipts receipts,
            StepMonitor watch,
            Duration apiLimit) {
        this.apiLimit = apiLimit;
        this.targets = targets;
        this.controlPlanes = controlPlanes;
        this.acts = acts;
        this.archives = archives;
        this.receipts = receipts;
        this.halfBuilt = new InvalidIndexCleanup(targets, sql);
        this.watch = watch;
    }

    /// How far did it come?
    public sealed interface Run {
        /// @param notes what a person should know of it though nothing failed
        record Completed(List<String> notes) implements Run {
            public Completed {
                notes = List.copyOf(notes);
            }
        }

        /// @param reason which step failed why, and what was applied before
        record Stopped(String reason) implements Run {}
    }

    /// The permit that is made here allows the steps of this plan and ends with the run.
    public Run run(FiledPlan filed, Lease turn, RunCancellation cancellation) {
        try (var approved = new Approved(filed, filed.plan().steps())) {
            return steps(approved, turn, cancellation);
        }
    }

    private Run steps(Approved approved, Lease turn, RunCancellation cancellation) {
        var steps = approved.steps();
        var notes = new ArrayList<String>();
        for (int i = 0; i < steps.size(); i++) {
            if (!turn.held()) {
                return stopped(steps, i, "the turn at the state database was lost", "");
            }
            var cancelled = cancellation.requested();
            if (cancelled.isPresent()) {
                return stopped(
                        steps, i, "cancelled by " + cancelled.get() + " before it began", "");
            }
            var step = steps.get(i);
            var target = approved.filed().plan().target();
            var before = halfBuilt.before(target, step, Deadline.in(limit(step)));
            var failure = step(approved, Receipt.Phase.RUN, i + 1, step, cancellation, notes);
            if (failure != null) {
                var why =
                        cancellation
                                .requested()
                                .map(
                                        by ->
                                                "cancelled by %s while it ran: %s"
                                                        .formatted(by, failure))
                                .orElse(failure);
                return stopped(steps, i, why, leftover(approved, before) + noted(notes));
            }
        }
        return new Run.Completed(notes);
    }

    /// Runs one step between its two receipts. Returns why it failed, null when it did not.
    private @Nullable String step(
            Approved approved,
            Receipt.Phase phase,
            int number,
            Step step,
            RunCancellation cancellation,
            List<String> notes) {
        var id = receipts.start(approved.planId(), phase, number, step);
        long began = System.nanoTime();
        var deadline = Deadline.in(limit(step));
        try (var _ = cancellation.at(deadline);
                var watching = watch.over(approved, step, deadline)) {
            Done done;
            try {
                done = act(approved, step, deadline, watching);
            } catch (OpsException | IllegalArgumentException e) {
                done = new Done(null, null, explain(step, e));
            }
            receipts.end(
                    id,
                    approved.planId(),
                    phase,
                    number,
                    done.failure() == null ? Receipt.Outcome.DONE : Receipt.Outcome.FAILED,
                    since(began),
                    done.rows(),
                    done.failure(),
                    done.trace(),
                    watching.waited());
            notes.addAll(done.notes());
            return done.failure();
        }
    }

    /// @param failure of a script, which ends with a trace whatever happens
    /// @param notes what changed no row
    private record Done(
            @Nullable Long rows,
            @Nullable ScriptTrace trace,
            @Nullable String failure,
            List<String> notes) {
        Done(@Nullable Long rows, @Nullable ScriptTrace trace, @Nullable String failure) {
            this(rows, trace, failure, List.of());
        }
    }

    private Done act(
            Approved approved, Step step, Deadline deadline, StepMonitor.Watching watching) {
        var target = approved.filed().plan().target();
        return switch (step) {
            case Step.SqlStep sql ->
                    new Done(statement(target, approved, sql, deadline, watching), null, null);
            case Step.ScriptStep script -> {
                try (var session = targets.write(target, script.database(), approved, deadline)) {
                    yield done(script, session.run(script));
                }
            }
            case Step.ArchiveStep archive ->
                    new Done(archives.run(target, approved, archive, deadline), null, null);
            case Step.ApiStep api -> {
                acts.run(
                        Preconditions.required(controlPlanes, target),
                        approved.filed(),
                        api,
                        deadline,
                        what -> LOG.info("{}: {}", api.title(), what));
                yield new Done(0L, null, null);
            }
        };
    }

    private static Done done(Step.ScriptStep script, ScriptTrace trace) {
        var last = trace.statements().getLast();
        long rows = trace.statements().stream().mapToLong(ScriptTrace.OfStatement::rows).sum();
        if (last.error() == null) {
            return new Done(rows, trace, null, UnchangedRows.of(script, trace));
        }
        var why =
                "statement %d of %d: %s%s"
                        .formatted(
                                last.number(),
                                script.statements().size(),
                                last.error(),
                                script.transactional()
                                        ? "; nothing of this script stays"
                                        : last.number() == 1
                                                ? ""
                                                : "; the statements before it stay");
        return new Done(rows, trace, why);
    }

    private long statement(
            TargetId target,
            Approved approved,
            Step.SqlStep step,
            Deadline deadline,
            StepMonitor.Watching watching) {
        try (var session = targets.write(target, step.database(), approved, deadline)) {
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

    /// Runs to its end also when the plan was cancelled: another connection, another deadline.
    ///
    /// A failed concurrent build leaves an invalid index behind; ours is removed by a step of its
    /// own, one that was there before is left alone.
    private String leftover(Approved approved, InvalidIndexCleanup.Before before) {
        var found = halfBuilt.after(before, Deadline.in(Duration.ofSeconds(30)));
        return switch (found) {
            case InvalidIndexCleanup.Found.Nothing _ -> "";
            case InvalidIndexCleanup.Found.Unknown(var why) ->
                    "; whether an invalid index was left behind is not known: " + why;
            case InvalidIndexCleanup.Found.Foreign(var index) ->
                    "; the invalid index " + index + " was there before and is left alone";
            case InvalidIndexCleanup.Found.Ours(var index, var drop) -> {
                approved.allowCleanup(drop);
                var failure =
                        step(
                                approved,
                                Receipt.Phase.CLEANUP,
                                1,
                                drop,
                                new RunCancellation(),
                                new ArrayList<>());
                yield failure == null
                        ? "; the half-built index " + index + " was removed"
                        : "; the invalid index " + index + " is left behind: " + failure;
            }
        };
    }

    private static String noted(List<String> notes) {
        return notes.isEmpty() ? "" : "; before it, " + String.join("; ", notes);
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
    private Duration limit(Step step) {
        return switch (step) {
            case Step.SqlStep sql -> sql.statementTimeout().plus(sql.lockTimeout()).plusSeconds(15);
            case Step.ScriptStep script ->
                    script.statementTimeout()
                            .plus(script.lockTimeout())
                            .multipliedBy(script.statements().size())
                            .plusSeconds(30);
            case Step.ApiStep _ -> apiLimit;
            case Step.ArchiveStep archive -> archive.limit();
        };
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
