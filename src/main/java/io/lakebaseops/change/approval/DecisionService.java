package io.lakebaseops.change.approval;

import io.lakebaseops.change.execution.Receipts;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.Tx;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;

/// May this plan run, be rejected, be undone? Each answer is found and stored, with its audit
/// entries, in one transaction that holds the plan's row.
final class DecisionService {
    private final StateDb db;
    private final PlanStore store;
    private final PlanStateRecorder journal;
    private final Clock clock;

    DecisionService(StateDb db, PlanStore store, PlanStateRecorder journal, Clock clock) {
        this.db = db;
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    sealed interface Ruling {
        record Go(FiledPlan plan) implements Ruling {}

        record Refused(Decision decision) implements Ruling {}
    }

    Ruling rule(UUID id, Approval approval, String runner) {
        var ruling = db.tx(tx -> rule(tx, locked(tx, id), approval, runner));
        if (!(ruling instanceof Ruling.Refused(Decision.Declined _))) {
            journal.tell(id);
        }
        return ruling;
    }

    /// The order matters for what people are told: state first, then expiry, then the approval.
    private Ruling rule(Tx tx, FiledPlan plan, Approval approval, String runner)
            throws SQLException {
        var now = clock.instant();
        if (plan.state() != State.WAITING) {
            return refused(already(plan));
        }
        if (!plan.plan().expiresAt().isAfter(now)) {
            var reason = PlanSubmission.expire(tx, store, plan, now);
            journal.entry(tx, "expired", plan.id(), approval.by().name());
            return new Ruling.Refused(new Decision.Expired(reason));
        }
        var objection = approval.objection(plan);
        if (objection.isPresent()) {
            journal.entry(
                    tx,
                    "refused",
                    plan.id(),
                    approval.by().name(),
                    "shown",
                    approval.shown().hex(),
                    "why",
                    objection.get());
            return refused(objection.get());
        }
        var by = approval.by();
        var reason = approval.reason();
        store.decide(tx, plan.id(), State.RUNNING, by.name(), now, reason, runner);
        store.decision(
                tx, plan.id(), "approve", by, approval.shown(), approval.typedName(), reason, now);
        journal.entry(
                tx,
                "decision",
                plan.id(),
                by.name(),
                "act",
                "approve",
                "by",
                by,
                "reason",
                reason,
                "shown",
                approval.shown().hex());
        journal.entry(
                tx,
                "intent",
                plan.id(),
                by.name(),
                "runner",
                runner,
                "steps",
                plan.plan().steps().stream().map(Receipts::text).toList());
        return new Ruling.Go(store.find(tx, plan.id()).orElseThrow());
    }

    /// Rejecting stays possible for whoever sees the queue: it changes nothing on the target.
    void reject(UUID id, Actor by, String reason) {
        db.run(
                tx -> {
                    var plan = locked(tx, id);
                    if (plan.state() != State.WAITING) {
                        throw new OpsException(
                                OpsException.Kind.CONFLICT,
                                "Reject '" + plan.plan().title() + "'",
                                already(plan),
                                "refresh the queue");
                    }
                    var now = clock.instant();
                    store.decide(tx, id, State.REJECTED, by.name(), now, reason, null);
                    store.decision(tx, id, "reject", by, null, null, reason, now);
                    journal.entry(tx, "decision", id, by.name(), "act", "reject", "reason", reason);
                });
        journal.tell(id);
    }

    Ruling undo(UUID id, Actor by, String reason, String runner) {
        var ruling = db.tx(tx -> undo(tx, locked(tx, id), by, reason, runner));
        if (ruling instanceof Ruling.Go) {
            journal.tell(id);
        }
        return ruling;
    }

    private Ruling undo(Tx tx, FiledPlan plan, Actor by, String reason, String runner)
            throws SQLException {
        if (plan.state() != State.DONE && !halfWay(plan)) {
            return refused(
                    "only a plan that is done can be undone; this one is " + words(plan.state()));
        }
        if (!plan.plan().undo().possible()) {
            return refused("there is no way back: " + plan.plan().undo().note());
        }
        if (!plan.fingerprint().equals(plan.plan().fingerprint())) {
            return refused("the stored plan was altered since it ran");
        }
        if (reason.isBlank()) {
            return refused("an undo needs a reason");
        }
        // Agents take back only what they could have done by themselves.
        if (by.kind() != Actor.Kind.HUMAN && plan.risk().level() != RiskLevel.LOW) {
            return refused(by.name() + " may not undo it; a person must");
        }
        store.undoing(tx, plan.id(), runner);
        store.decision(
                tx, plan.id(), "undo", by, plan.fingerprint(), null, reason, clock.instant());
        journal.entry(
                tx,
                "undo_decision",
                plan.id(),
                by.name(),
                "act",
                "undo",
                "by",
                by,
                "reason",
                reason);
        journal.entry(
                tx,
                "undo_intent",
                plan.id(),
                by.name(),
                "runner",
                runner,
                "steps",
                plan.plan().undo().steps().stream().map(Receipts::text).toList());
        return new Ruling.Go(store.find(tx, plan.id()).orElseThrow());
    }

    /// Acts on the control plane leave alone what is not there, so they can also take back a part.
    private static boolean halfWay(FiledPlan plan) {
        return plan.state() == State.FAILED
                && plan.plan().undo().steps().stream().allMatch(Step.ApiStep.class::isInstance);
    }

    private FiledPlan locked(Tx tx, UUID id) throws SQLException {
        return store.lock(tx, id)
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.NOT_FOUND,
                                        "Decide about plan " + id,
                                        "there is none",
                                        "refresh the queue"));
    }

    private static Ruling refused(String reason) {
        return new Ruling.Refused(new Decision.Declined(reason));
    }

    private static String already(FiledPlan plan) {
        return plan.decidedBy() == null
                ? "it is " + words(plan.state()) + " already"
                : "%s decided first; it is %s".formatted(plan.decidedBy(), words(plan.state()));
    }

    static String words(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
