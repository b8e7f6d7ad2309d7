package io.lakebaseops.trial;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Lease;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One short-lived copy of a branch, and what is tried on it. Closing it deletes the branch; a
/// process that dies leaves that to the sweep at the next start, and to the branch's own end.
public final class TrialBranch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrialBranch.class);

    /// Deleting goes on also when the trial itself was cancelled.
    private static final Duration CLEANUP = Duration.ofMinutes(2);

    private final TargetId target;
    private final Actor actor;
    private final TrialGate gate;
    private final Targets targets;
    private final Lease turn;
    private final boolean wasThere;
    private final Deadline deadline;
    private String left = "the branch was not deleted yet";

    TrialBranch(
            TargetId target,
            Actor actor,
            TrialGate gate,
            Targets targets,
            Lease turn,
            boolean wasThere,
            Deadline deadline) {
        this.target = target;
        this.actor = actor;
        this.gate = gate;
        this.targets = targets;
        this.turn = turn;
        this.wasThere = wasThere;
        this.deadline = deadline;
    }

    public TargetId target() {
        return target;
    }

    public ReadSession read() {
        return targets.read(target, deadline);
    }

    /// Bytes of the default database.
    public long size() {
        try (var session = read()) {
            var cell = session.query(TrialSql.DATABASE_SIZE).list().getFirst().get("bytes");
            return cell instanceof Number n ? n.longValue() : 0;
        }
    }

    /// @param failure null when all steps ran
    /// @param xrays of the statements that were traced, in order
    public record Applied(@Nullable String failure, List<LockTrace> xrays, Duration took) {
        public Applied {
            xrays = List.copyOf(xrays);
        }
    }

    /// Runs the steps, which touch nothing but this branch.
    public Applied apply(String title, List<Step> steps) {
        var filed = run(title, steps);
        var xrays = new ArrayList<LockTrace>();
        var took = Duration.ZERO;
        for (var receipt : gate.receipts(filed)) {
            took = receipt.duration() == null ? took : took.plus(receipt.duration());
            var trace = receipt.trace();
            if (trace != null && steps.get(receipt.step() - 1) instanceof Step.ScriptStep script) {
                xrays.addAll(
                        LockTrace.of(
                                script.statements().stream()
                                        .map(Step.ScriptStep.Statement::sql)
                                        .toList(),
                                trace));
            }
        }
        var failure =
                filed.state() == FiledPlan.State.DONE
                        ? null
                        : filed.reason() == null ? filed.state().name() : filed.reason();
        return new Applied(failure, xrays, took);
    }

    /// Milliseconds per round of each statement that ran; the others say why they did not.
    record Measured(Map<Long, double[]> millis, Map<Long, String> failed) {
        /// With the faster of two measurements of each statement that has two.
        Measured orBetter(Measured again) {
            var best = new HashMap<>(millis);
            again.millis()
                    .forEach(
                            (id, other) ->
                                    best.merge(
                                            id,
                                            other,
                                            (a, b) ->
                                                    Bootstrap.median(b) < Bootstrap.median(a)
                                                            ? b
                                                            : a));
            return new Measured(best, failed);
        }
    }

    /// One that fails is left out and the rest goes on.
    Measured measure(Workload workload, List<Workload.Entry> entries, String database) {
        var millis = new HashMap<Long, double[]>();
        var failed = new HashMap<Long, String>();
        var left = new ArrayList<>(entries);
        while (!left.isEmpty()) {
            var steps = left.stream().map(e -> (Step) workload.script(e, database)).toList();
            var filed = run("Replay %d statements".formatted(steps.size()), steps);
            var receipts = gate.receipts(filed);
            for (var receipt : receipts) {
                var entry = left.get(receipt.step() - 1);
                var trace = receipt.trace();
                if (receipt.error() == null && trace != null) {
                    millis.put(entry.statement().queryid(), Workload.millis(trace));
                } else {
                    failed.put(
                            entry.statement().queryid(),
                            receipt.error() == null ? "it did not end" : receipt.error());
                }
            }
            if (receipts.isEmpty()) {
                throw new OpsException(
                        OpsException.Kind.INTERNAL,
                        "Replay on " + target,
                        String.valueOf(filed.reason()),
                        "run it again");
            }
            left.subList(0, receipts.size()).clear();
        }
        return new Measured(millis, failed);
    }

    /// How many rows does each query return? In one read-only transaction.
    ///
    /// @throws OpsException INVALID_INPUT when one fails
    public List<Long> rows(List<String> queries, String database, SqlLibrary sql) {
        var statements = new ArrayList<Step.ScriptStep.Statement>();
        statements.add(
                Step.ScriptStep.Statement.of(sql.render(TrialSql.READ_ONLY, Map.of()).text()));
        queries.forEach(q -> statements.add(Step.ScriptStep.Statement.of(q)));
        var step =
                new Step.ScriptStep(
                        "Run %d checks".formatted(queries.size()),
                        database,
                        statements,
                        LockLevel.ACCESS_SHARE,
                        Reversibility.HARMLESS,
                        true,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        0,
                        false);
        var filed = run("Run checks", List.of(step));
        var receipts = gate.receipts(filed);
        var trace = receipts.isEmpty() ? null : receipts.getFirst().trace();
        if (filed.state() != FiledPlan.State.DONE || trace == null) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "Checks on " + target.branch(),
                    String.valueOf(filed.reason()),
                    "a check is a query that returns the rows that are wrong");
        }
        return trace.statements().stream().skip(1).map(ScriptTrace.OfStatement::rows).toList();
    }

    /// Constraints not validated and indexes not valid, as `schema.table name`.
    public List<String> unsound() {
        try (var session = read()) {
            return session.query(TrialSql.UNSOUND).list().stream()
                    .map(
                            r ->
                                    "%s %s of %s"
                                            .formatted(
                                                    r.get("kind"),
                                                    r.get("name"),
                                                    r.get("relation")))
                    .toList();
        }
    }

    private FiledPlan run(String title, List<Step> steps) {
        return gate.carryOut(
                target,
                actor,
                title + " on " + target.branch(),
                "a trial on a short-lived branch",
                steps,
                List.of(),
                List.of(),
                deadline);
    }

    /// Was there a branch of that name before, which was made anew?
    public boolean wasThere() {
        return wasThere;
    }

    /// What became of the branch, in words; read it after closing.
    public String leftover() {
        return left;
    }

    @Override
    public void close() {
        try (turn) {
            left =
                    wasThere
                            ? "the branch was there before and stays until it is closed or expires"
                            : delete(target, actor, gate);
        } catch (OpsException e) {
            // The sweep finds it at the next start; its own end comes in any case.
            LOG.warn("Trial branch {} could not be deleted: {}", target, e.getMessage());
            left = "the branch is left behind until it expires: " + e.getMessage();
        }
    }

    static String delete(TargetId target, Actor actor, TrialGate gate) {
        var project = target.project();
        var branch = target.branch();
        var ended =
                gate.carryOut(
                        target,
                        actor,
                        "Delete trial branch " + branch,
                        "its trial is over",
                        List.of(
                                new Step.ApiStep(
                                        "Delete branch " + branch,
                                        new Step.ApiAct.DeleteBranch(project, branch),
                                        Reversibility.IRREVERSIBLE)),
                        List.of(
                                new Precondition.BranchState(
                                        branch + " is there", project, branch, true)),
                        List.of(new Postcondition.BranchGone(branch + " is gone", project, branch)),
                        Deadline.in(CLEANUP));
        return switch (ended.state()) {
            case DONE -> "the branch was deleted";
            case SUPERSEDED -> "the branch was gone already";
            case WAITING, RUNNING, FAILED, REJECTED, EXPIRED, UNDONE, HELD_BACK ->
                    "the branch is left behind until it expires: " + ended.reason();
        };
    }
}
