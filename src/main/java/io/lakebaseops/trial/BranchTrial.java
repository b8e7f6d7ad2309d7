package io.lakebaseops.trial;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanHistory;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.lakebase.acts.PurgeBranchAct;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.StateDb;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// A change tried before it is made, on a copy of the branch that lives for minutes. Compares the
/// workload before and after, and leaves nothing behind.
public final class BranchTrial {
    /// Longer than any trial, shorter than anybody would want to pay for a forgotten one.
    public static final Duration LIFE = Duration.ofHours(1);

    /// How often a statement that looks slower is measured again.
    private static final int CONFIRMATIONS = 3;

    private final Targets targets;
    private final SqlLibrary sql;
    private final ControlPlaneAccess planes;
    private final Supplier<StateDb> state;
    private final TrialGate gate;
    private final Clock clock;

    public BranchTrial(
            Targets targets,
            SqlLibrary sql,
            ControlPlaneAccess planes,
            ApprovalDesk desk,
            Supplier<StateDb> state,
            Clock clock) {
        this.targets = targets;
        this.sql = sql;
        this.planes = planes;
        this.state = state;
        this.clock = clock;
        this.gate = new TrialGate(desk, id -> new PlanHistory(state.get()).receipts(id), clock);
    }

    /// Makes the branch and waits until it can be used. Close it to delete it. One that is there
    /// already, as that of a pull request may be, is made anew from the source, and stays.
    ///
    /// @param branch its name, of a kind that is made to be thrown away (`trial-…`, `ci-pr-…`)
    /// @throws OpsException CONFLICT when the branch of that name is none to throw away, or
    ///     somebody tries on it now
    public TrialBranch open(
            TargetId source, String branch, Duration life, Actor actor, Deadline deadline) {
        var what = "Make trial branch " + branch;
        var target = new TargetId(source.profile(), source.project(), branch);
        var turn =
                state.get()
                        .tryLease(turnOf(target))
                        .orElseThrow(
                                () ->
                                        new OpsException(
                                                OpsException.Kind.CONFLICT,
                                                what,
                                                "another trial uses that name now",
                                                "wait for it, or choose another name"));
        boolean made = false;
        try {
            var there =
                    planes.of(source).flatMap(p -> p.branch(source.project(), branch, deadline));
            there.ifPresent(b -> throwAway(b, source, what));
            var held = there.or(() -> deleted(source, branch, deadline));
            var ended =
                    create(
                            source,
                            branch,
                            there.orElse(null),
                            held.map(ControlPlane.Branch::uid).orElse(null),
                            life,
                            actor,
                            deadline);
            if (ended.state() != FiledPlan.State.DONE) {
                throw new OpsException(
                        OpsException.Kind.CONFLICT,
                        what,
                        String.valueOf(ended.reason()),
                        "look at the branches of " + source.project());
            }
            targets.forget(target); // connections to the branch that was there
            made = true;
            return new TrialBranch(
                    target,
                    new AbandonedTrials(planes, state, gate, clock)
                            .made(ended, branch)
                            .orElseThrow(),
                    actor,
                    gate,
                    targets,
                    turn,
                    there.isPresent(),
                    deadline);
        } finally {
            if (!made) {
                turn.close();
            }
        }
    }

    /// The service keeps the name of a deleted branch for days, that of an earlier trial, too.
    private Optional<ControlPlane.Branch> deleted(
            TargetId source, String branch, Deadline deadline) {
        return planes.of(source).stream()
                .flatMap(p -> p.deletedBranches(source.project(), deadline).stream())
                .filter(b -> b.id().equals(branch))
                .findFirst();
    }

    private static void throwAway(ControlPlane.Branch there, TargetId source, String what) {
        var why =
                there.isProtected() || there.isDefault()
                        ? "it is there and guarded"
                        : there.expiresAt() == null
                                ? "it is there and made to stay"
                                : !source.branch().equals(there.source())
                                        ? "it is there, a copy of " + there.source()
                                        : "";
        if (!why.isEmpty()) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT, what, why, "delete it, or choose another name");
        }
    }

    private FiledPlan create(
            TargetId source,
            String branch,
            ControlPlane.@Nullable Branch there,
            @Nullable String held,
            Duration life,
            Actor actor,
            Deadline deadline) {
        var project = source.project();
        var steps = new ArrayList<Step>();
        var longest = life;
        if (there != null) {
            var left = Duration.between(clock.instant(), there.expiresAt());
            longest = left.compareTo(life) > 0 ? left : life;
            steps.add(
                    new Step.ApiStep(
                            "Delete branch " + branch,
                            new DeleteBranchAct(project, branch, there.uid()),
                            Reversibility.IRREVERSIBLE));
        }
        if (held != null) {
            steps.add(
                    new Step.ApiStep(
                            "Free the name " + branch,
                            new PurgeBranchAct(project, branch, held),
                            Reversibility.IRREVERSIBLE));
        }
        steps.add(
                new Step.ApiStep(
                        "Create branch " + branch,
                        new CreateBranchAct(
                                project,
                                branch,
                                source.branch(),
                                longest.toSeconds(),
                                false,
                                null,
                                true),
                        Reversibility.RECOVERABLE));
        return gate.carryOut(
                source,
                actor,
                "Make trial branch " + branch,
                "a change is tried on a copy first",
                steps,
                List.of(
                        new Precondition.BranchState(
                                branch + (there == null ? " is not there yet" : " is there"),
                                project,
                                branch,
                                there != null)),
                List.of(new Postcondition.BranchReady(branch + " is ready", project, branch)),
                deadline);
    }

    /// A name nobody has.
    public static String freshName(String what) {
        var slug = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var brief = slug.length() > 40 ? slug.substring(0, 40) : slug;
        return "trial-" + brief + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /// @param top how many statements of the workload are replayed
    public record Wanted(TargetId source, String title, int top, Actor actor) {}

    /// The whole trial: copy, measure, apply, measure again, delete.
    ///
    /// @param steps made for the branch; scripts should be traced
    public TrialReport run(
            Wanted wanted, Function<TrialBranch, List<Step>> steps, Deadline deadline) {
        Workload workload;
        String database;
        try (var live = targets.read(wanted.source(), deadline)) {
            workload = Workload.read(live, sql, wanted.top());
            database = live.database();
        }
        var trial =
                open(wanted.source(), freshName(wanted.title()), LIFE, wanted.actor(), deadline);
        TrialReport report;
        try (trial) {
            report = measured(trial, workload, database, () -> steps.apply(trial), wanted.title());
        }
        return report.with(trial.leftover());
    }

    /// The part of a trial on a branch that is there already.
    public TrialReport on(
            TrialBranch trial, TargetId live, int top, List<Step> steps, Deadline deadline) {
        try (var session = targets.read(live, deadline)) {
            var workload = Workload.read(session, sql, top);
            return measured(trial, workload, session.database(), () -> steps, "Apply");
        }
    }

    private TrialReport measured(
            TrialBranch trial,
            Workload workload,
            String database,
            Supplier<List<Step>> steps,
            String title) {
        long sizeBefore = trial.size();
        var ready = workload.entries().stream().filter(e -> e.skipped().isEmpty()).toList();
        var before = trial.measure(workload, ready, database);
        var applied = trial.apply(title, steps.get());
        var comparisons = new ArrayList<QueryComparison>();
        if (applied.failure() == null) {
            var again =
                    ready.stream()
                            .filter(e -> before.millis().containsKey(e.statement().queryid()))
                            .toList();
            var after =
                    confirmed(
                            trial,
                            workload,
                            again,
                            database,
                            before,
                            trial.measure(workload, again, database));
            workload.entries().forEach(e -> comparisons.add(compare(e, before, after)));
        }
        return new TrialReport(
                trial.target(),
                applied.failure(),
                applied.xrays(),
                applied.took(),
                sizeBefore,
                trial.size(),
                comparisons,
                workload.caveats(),
                trial.leftover());
    }

    /// What is slower stays slower; what a neighbour on the machine slowed down does not. Each
    /// statement that looks slower is measured again, and its best measurement counts.
    private static TrialBranch.Measured confirmed(
            TrialBranch trial,
            Workload workload,
            List<Workload.Entry> entries,
            String database,
            TrialBranch.Measured before,
            TrialBranch.Measured first) {
        var after = first;
        for (int time = 0; time < CONFIRMATIONS; time++) {
            var soFar = after;
            var slower =
                    entries.stream()
                            .filter(
                                    e ->
                                            compare(e, before, soFar).verdict()
                                                    == QueryComparison.Verdict.SLOWER)
                            .toList();
            if (slower.isEmpty()) {
                return after;
            }
            after = after.orBetter(trial.measure(workload, slower, database));
        }
        return after;
    }

    private static QueryComparison compare(
            Workload.Entry entry, TrialBranch.Measured before, TrialBranch.Measured after) {
        var statement = entry.statement();
        long id = statement.queryid();
        if (!entry.skipped().isEmpty()) {
            return QueryComparison.without(
                    statement, QueryComparison.Verdict.SKIPPED, entry.skipped());
        }
        var failed = before.failed().get(id);
        if (failed != null) {
            return QueryComparison.without(statement, QueryComparison.Verdict.SKIPPED, failed);
        }
        var b = before.millis().get(id);
        var a = after.millis().get(id);
        if (a == null || b == null) {
            return QueryComparison.without(
                    statement,
                    QueryComparison.Verdict.BROKEN,
                    after.failed().getOrDefault(id, "it did not end"));
        }
        return QueryComparison.measured(statement, b, a, Bootstrap.ofPairs(b, a, id));
    }

    /// Deletes what trials of processes that died left behind; returns the branches. Call it at
    /// start.
    public List<String> sweep(Actor actor, Deadline deadline) {
        return new AbandonedTrials(planes, state, gate, clock).sweep(actor, deadline);
    }

    static String turnOf(TargetId target) {
        return "trial/" + target.key();
    }
}
