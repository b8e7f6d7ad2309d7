package io.lakebaseops.change.approval;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Sha256;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateParams;
import io.lakebaseops.state.Tx;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The way into the queue. The same plan is kept once, what a person refused is answered instead of
/// filed, a newer plan for the same finding makes the waiting older one void, and what nobody
/// decided in time expires.
///
/// What is open already or held back costs one look; the risk is assessed for the rest only.
final class PlanSubmission {
    private final StateDb db;
    private final PlanStore store;
    private final PlanStateRecorder journal;
    private final Refusals refusals = new Refusals();
    private final Clock clock;

    PlanSubmission(StateDb db, PlanStore store, PlanStateRecorder journal, Clock clock) {
        this.db = db;
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    /// The answers in the order of the plans.
    List<FiledPlan> file(List<ChangePlan> plans, Function<ChangePlan, Risk> assess) {
        // The database keeps microseconds.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var writer = new PlanWriter();
        var drafts = plans.stream().map(p -> PlanDraft.of(p, writer, now)).toList();
        var answers = new HashMap<String, FiledPlan>();
        var fresh = db.tx(tx -> unknown(tx, drafts, answers, now));
        if (!fresh.isEmpty()) {
            closeOverdue();
            store(fresh.stream().map(d -> d.with(assess.apply(d.plan()))).toList(), answers, now);
        }
        return drafts.stream().map(d -> Objects.requireNonNull(answers.get(d.work()))).toList();
    }

    /// Those to be filed, each once; for the others the answer is put.
    private List<PlanDraft> unknown(
            Tx tx, List<PlanDraft> drafts, Map<String, FiledPlan> answers, Instant now)
            throws SQLException {
        var once = new LinkedHashMap<String, PlanDraft>();
        drafts.forEach(d -> once.putIfAbsent(d.work(), d));
        for (var open : store.same(tx, once.keySet(), now)) {
            answers.put(open.plan().work(), open);
        }
        once.keySet().removeAll(answers.keySet());
        var held = refusals.heldBack(tx, List.copyOf(once.values()), now);
        once.values().removeIf(d -> held.containsKey(d.id()) && answer(answers, d, held));
        return List.copyOf(once.values());
    }

    private static boolean answer(
            Map<String, FiledPlan> answers, PlanDraft draft, Map<UUID, FiledPlan> held) {
        answers.put(draft.work(), Objects.requireNonNull(held.get(draft.id())));
        return true;
    }

    private void store(List<PlanDraft> drafts, Map<String, FiledPlan> answers, Instant now) {
        var changed = new ArrayList<FiledPlan>();
        db.run(
                tx -> {
                    changed.clear();
                    var stored = store.insert(tx, drafts, now);
                    var filed = drafts.stream().filter(d -> stored.contains(d.id())).toList();
                    filed.forEach(d -> answers.put(d.work(), d.filed()));
                    if (filed.size() < drafts.size()) {
                        // Another process filed them between the two looks.
                        var works = drafts.stream().map(PlanDraft::work).toList();
                        for (var open : store.same(tx, works, now)) {
                            answers.putIfAbsent(open.plan().work(), open);
                        }
                    }
                    var voided = supersede(tx, filed, now);
                    journal.entries(
                            tx,
                            filed.stream()
                                    .map(d -> entry(d, voided.getOrDefault(d.id(), List.of())))
                                    .toList());
                    voided.values().stream()
                            .flatMap(List::stream)
                            .forEach(p -> changed.add(superseded(p, now)));
                    filed.forEach(d -> changed.add(d.filed()));
                });
        changed.forEach(journal::tell);
    }

    private static AuditChain.Draft entry(PlanDraft draft, List<FiledPlan> voided) {
        var plan = draft.plan();
        return new AuditChain.Draft(
                FiledEntries.KIND,
                draft.id(),
                plan.proposedBy().name(),
                StateParams.of(
                        FiledEntries.FINGERPRINT,
                        draft.fingerprint().hex(),
                        "body_sha256",
                        Sha256.hex(draft.body()),
                        "title",
                        plan.title(),
                        "target",
                        plan.target().key(),
                        "risk",
                        draft.risk(),
                        "supersedes",
                        voided.stream().map(FiledPlan::id).toList()));
    }

    private static final String REPLACED = "a newer plan for the same finding replaces it";

    /// Only waiting plans give way; one that runs is finished first. By the id of the newer plan.
    private Map<UUID, List<FiledPlan>> supersede(Tx tx, List<PlanDraft> filed, Instant now)
            throws SQLException {
        var byFinding =
                filed.stream()
                        .filter(d -> d.plan().findingFingerprint() != null)
                        .collect(
                                Collectors.toMap(
                                        d -> Objects.requireNonNull(d.plan().findingFingerprint()),
                                        PlanDraft::id,
                                        (_, last) -> last));
        var voided = new HashMap<UUID, List<FiledPlan>>();
        if (byFinding.isEmpty()) {
            return voided;
        }
        var rivals =
                store.list(
                        tx,
                        ChangeSql.PLAN_RIVALS,
                        "findings",
                        byFinding.keySet(),
                        "works",
                        filed.stream().map(PlanDraft::work).toList());
        for (var rival : rivals) {
            var newer = Objects.requireNonNull(byFinding.get(rival.plan().findingFingerprint()));
            store.supersede(tx, rival.id(), newer, now, REPLACED);
            store.decision(tx, rival.id(), "supersede", Approval.POLICY, null, null, REPLACED, now);
            voided.computeIfAbsent(newer, _ -> new ArrayList<>()).add(rival);
        }
        return voided;
    }

    private static FiledPlan superseded(FiledPlan p, Instant now) {
        return new FiledPlan(
                p.id(),
                p.plan(),
                p.fingerprint(),
                p.risk(),
                State.SUPERSEDED,
                p.filedAt(),
                p.decidedBy(),
                p.decidedAt(),
                REPLACED,
                p.verification(),
                now);
    }

    /// Looks before it writes: most of the time there is nothing to close.
    void closeOverdue() {
        var now = clock.instant();
        var params = StateParams.of("now", now, "form", PlanFingerprint.FORM);
        if (db.tx(tx -> tx.column(ChangeSql.PLAN_IS_OVERDUE, params, Boolean.class)).getFirst()) {
            db.tx(tx -> closeOverdue(tx, now)).forEach(p -> journal.tell(p.id()));
        }
    }

    private List<FiledPlan> closeOverdue(Tx tx, Instant now) throws SQLException {
        var overdue =
                store.list(tx, ChangeSql.PLAN_OVERDUE, "now", now, "form", PlanFingerprint.FORM);
        for (var plan : overdue) {
            expire(tx, store, plan, now, reason(plan, now));
        }
        for (var plan : overdue) {
            journal.entry(
                    tx, "expired", plan.id(), Approval.POLICY.name(), "reason", reason(plan, now));
        }
        return overdue;
    }

    private static String reason(FiledPlan plan, Instant now) {
        return plan.plan().expiresAt().isAfter(now) ? FiledEntries.EARLIER_VERSION : unheard(plan);
    }

    static String unheard(FiledPlan plan) {
        return "expired %s, nobody decided".formatted(Format.utc(plan.plan().expiresAt()));
    }

    static void expire(Tx tx, PlanStore store, FiledPlan plan, Instant now, String reason)
            throws SQLException {
        store.close(tx, plan.id(), State.EXPIRED, now, reason, null);
        store.decision(tx, plan.id(), "expire", Approval.POLICY, null, null, reason, now);
    }
}
