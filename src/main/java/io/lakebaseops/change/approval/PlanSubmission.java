package io.lakebaseops.change.approval;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Sha256;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.Tx;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// How does a plan get into the queue? The same plan is kept once, a newer one for the same finding
/// makes the waiting older one void, and what nobody decided in time expires.
final class PlanSubmission {
    private final StateDb db;
    private final PlanStore store;
    private final PlanStateRecorder journal;
    private final Clock clock;

    PlanSubmission(StateDb db, PlanStore store, PlanStateRecorder journal, Clock clock) {
        this.db = db;
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    FiledPlan file(ChangePlan plan, Risk risk) {
        var fingerprint = check(plan);
        expireOverdue();
        var id = UUID.randomUUID();
        var changed = new ArrayList<UUID>();
        var filed =
                db.tx(
                        tx -> {
                            var now = clock.instant();
                            var same = store.same(tx, fingerprint);
                            if (same.isPresent()) {
                                return same.get();
                            }
                            if (!store.insert(tx, id, plan, fingerprint, risk, now)) {
                                // Another process filed it between the two statements.
                                return store.same(tx, fingerprint).orElseThrow();
                            }
                            var voided = supersede(tx, plan, fingerprint, id, now);
                            entry(tx, id, plan, fingerprint, risk, voided);
                            changed.addAll(voided);
                            changed.add(id);
                            return store.find(tx, id).orElseThrow();
                        });
        changed.forEach(journal::tell);
        return filed;
    }

    private void entry(
            Tx tx,
            UUID id,
            ChangePlan plan,
            PlanFingerprint fingerprint,
            Risk risk,
            List<UUID> voided)
            throws SQLException {
        journal.entry(
                tx,
                "filed",
                id,
                plan.proposedBy().name(),
                "fingerprint",
                fingerprint.hex(),
                "body_sha256",
                Sha256.hex(StateJson.write(plan)),
                "title",
                plan.title(),
                "target",
                plan.target().key(),
                "risk",
                risk,
                "supersedes",
                voided);
    }

    /// Refuses what could not be run as it was shown.
    private PlanFingerprint check(ChangePlan plan) {
        if (!plan.expiresAt().isAfter(clock.instant())) {
            throw refused(plan, "it expired at " + plan.expiresAt());
        }
        var fingerprint = plan.fingerprint();
        var stored = StateJson.read(StateJson.write(plan), ChangePlan.class);
        if (!stored.fingerprint().equals(fingerprint)) {
            throw refused(plan, "a value in its preconditions does not survive being stored");
        }
        return fingerprint;
    }

    private static OpsException refused(ChangePlan plan, String why) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "File plan '" + plan.title() + "'",
                why,
                "plan it anew");
    }

    /// Only waiting plans give way; one that runs is finished first.
    private List<UUID> supersede(
            Tx tx, ChangePlan plan, PlanFingerprint fingerprint, UUID newer, Instant now)
            throws SQLException {
        var finding = plan.findingFingerprint();
        if (finding == null) {
            return List.of();
        }
        var rivals =
                store.list(
                        tx,
                        ChangeSql.PLAN_RIVALS,
                        "finding",
                        finding,
                        "fingerprint",
                        fingerprint.hex());
        for (var rival : rivals) {
            var reason = "a newer plan for the same finding replaces it";
            store.supersede(tx, rival.id(), newer, now, reason);
            store.decision(tx, rival.id(), "supersede", Approval.POLICY, null, null, reason, now);
        }
        return rivals.stream().map(FiledPlan::id).toList();
    }

    void expireOverdue() {
        var expired =
                db.tx(
                        tx -> {
                            var now = clock.instant();
                            var overdue = store.list(tx, ChangeSql.PLAN_OVERDUE, "now", now);
                            for (var plan : overdue) {
                                expire(tx, store, plan, now);
                            }
                            for (var plan : overdue) {
                                journal.entry(tx, "expired", plan.id(), Approval.POLICY.name());
                            }
                            return overdue;
                        });
        expired.forEach(plan -> journal.tell(plan.id()));
    }

    static String expire(Tx tx, PlanStore store, FiledPlan plan, Instant now) throws SQLException {
        var reason = "nobody decided before " + plan.plan().expiresAt();
        store.close(tx, plan.id(), State.EXPIRED, now, reason, null);
        store.decision(tx, plan.id(), "expire", Approval.POLICY, null, null, reason, now);
        return reason;
    }
}
