package io.lakebaseops.change.approval;

import io.lakebaseops.change.execution.Receipts;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/// The decision about a waiting plan: whether it may run, or is rejected. The answer is found and
/// stored, with its audit entries, in one transaction that holds the plan's row.
final class DecisionService {
    private final StateDb db;
    private final PlanStore store;
    private final PlanStateRecorder journal;
    private final FiledEntries filed;
    private final Clock clock;

    DecisionService(
            StateDb db,
            PlanStore store,
            PlanStateRecorder journal,
            FiledEntries filed,
            Clock clock) {
        this.db = db;
        this.store = store;
        this.journal = journal;
        this.filed = filed;
        this.clock = clock;
    }

    sealed interface Ruling {
        record Go(FiledPlan plan) implements Ruling {}

        /// @param told whether the plan itself changed by it
        record Refused(Decision decision, boolean told) implements Ruling {}
    }

    /// @param seen the plan that was assessed
    /// @param now its risk as its target stands now
    Ruling rule(FiledPlan seen, Risk now, Approval approval, String runner) {
        var ruling = db.tx(tx -> rule(tx, locked(tx, seen.id()), seen, now, approval, runner));
        if (!(ruling instanceof Ruling.Refused(_, var told)) || told) {
            journal.tell(seen.id());
        }
        return ruling;
    }

    /// The order matters for what people are told: state first, then expiry, then whether it is
    /// still the plan that was filed, its risk, and last the approval.
    private Ruling rule(
            Tx tx, FiledPlan plan, FiledPlan seen, Risk now, Approval approval, String runner)
            throws SQLException {
        var at = clock.instant();
        if (plan.state() != State.WAITING) {
            return refused(already(plan));
        }
        if (!plan.plan().expiresAt().isAfter(at)) {
            var reason = PlanSubmission.unheard(plan);
            PlanSubmission.expire(tx, store, plan, at, reason);
            journal.entry(tx, "expired", plan.id(), approval.by().name(), "reason", reason);
            return new Ruling.Refused(new Decision.Expired(reason), true);
        }
        var altered = filed.objection(tx, plan);
        if (altered.isPresent()) {
            return refused(tx, plan, approval, altered.get());
        }
        if (!plan.plan().equals(seen.plan())) {
            return refused(tx, plan, approval, "the plan changed while it was decided about");
        }
        if (now.level().compareTo(plan.risk().level()) > 0) {
            return raised(tx, plan, now, approval);
        }
        var objection = approval.objection(plan, RiskAssessor.worse(plan.risk(), now));
        return objection.isPresent()
                ? refused(tx, plan, approval, objection.get())
                : go(tx, plan, approval, runner, at);
    }

    /// Whoever approved did not see this risk: it is stored, and he is asked again.
    private Ruling raised(Tx tx, FiledPlan plan, Risk now, Approval approval) throws SQLException {
        store.raise(tx, plan.id(), now);
        journal.entry(tx, "risk_raised", plan.id(), approval.by().name(), "risk", now);
        return new Ruling.Refused(new Decision.Declined(raisedTo(now)), true);
    }

    static String raisedTo(Risk now) {
        return "it is %s risk now: %s"
                .formatted(
                        now.level().name().toLowerCase(Locale.ROOT),
                        String.join("; ", now.reasons()));
    }

    private Ruling go(Tx tx, FiledPlan plan, Approval approval, String runner, Instant now)
            throws SQLException {
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

    /// Rejecting stays possible for whoever sees the queue: it changes nothing on the target. Only
    /// a person's no is remembered.
    ///
    /// @param until the same is not proposed again before; null = the standard time
    void reject(UUID id, Actor by, String reason, @Nullable Instant until) {
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
                    var held =
                            by.kind() != Actor.Kind.HUMAN
                                    ? null
                                    : until == null ? now.plus(Refusals.STANDARD) : until;
                    store.reject(tx, id, by.name(), now, reason, held);
                    store.decision(tx, id, "reject", by, null, null, reason, now);
                    journal.entry(
                            tx,
                            "decision",
                            id,
                            by.name(),
                            "act",
                            "reject",
                            "by",
                            by,
                            "reason",
                            reason,
                            "until",
                            held == null ? null : held.toString());
                });
        journal.tell(id);
    }

    FiledPlan locked(Tx tx, UUID id) throws SQLException {
        return store.lock(tx, id).orElseThrow(() -> none(id));
    }

    static OpsException none(UUID id) {
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "Decide about plan " + id,
                "there is none",
                "refresh the queue");
    }

    private Ruling refused(Tx tx, FiledPlan plan, Approval approval, String why)
            throws SQLException {
        journal.entry(
                tx,
                "refused",
                plan.id(),
                approval.by().name(),
                "shown",
                approval.shown().hex(),
                "why",
                why);
        return refused(why);
    }

    private static Ruling refused(String reason) {
        return new Ruling.Refused(new Decision.Declined(reason), false);
    }

    static String already(FiledPlan plan) {
        return plan.decidedBy() == null
                ? "it is " + words(plan.state()) + " already"
                : "%s decided first; it is %s".formatted(plan.decidedBy(), words(plan.state()));
    }

    static String words(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
