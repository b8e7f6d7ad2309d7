package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.StateParams;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// Plans and decisions as rows. Every method works inside the caller's transaction.
///
/// A row whose text cannot be read is left out of lists, so that it costs nobody the others.
final class PlanStore {
    private static final Logger LOG = LoggerFactory.getLogger(PlanStore.class);

    /// Returns those that were stored; the others are open already.
    Set<UUID> insert(Tx tx, List<PlanDraft> drafts, Instant filedAt) throws SQLException {
        var params =
                StateParams.of(
                        "form", PlanFingerprint.FORM,
                        "filed_at", filedAt,
                        "ids", column(drafts, PlanDraft::id),
                        "fingerprints", column(drafts, d -> d.fingerprint().hex()),
                        "works", column(drafts, PlanDraft::work),
                        "facts", column(drafts, PlanDraft::facts),
                        "bytes", column(drafts, d -> d.plan().bytesTouched()),
                        "undos_of", column(drafts, d -> d.plan().undoOf()),
                        "targets", column(drafts, d -> d.plan().target().key()),
                        "tools", column(drafts, d -> d.plan().tool()),
                        "titles", column(drafts, d -> d.plan().title()),
                        "findings", column(drafts, d -> d.plan().findingFingerprint()),
                        "alerts", column(drafts, d -> d.plan().alertId()),
                        "bodies", column(drafts, PlanDraft::body),
                        "risks", column(drafts, d -> StateJson.write(d.risk())),
                        "risk_levels", column(drafts, d -> d.risk().level()),
                        "expiries", column(drafts, d -> d.plan().expiresAt()));
        return Set.copyOf(tx.column(ChangeSql.PLANS_INSERT, params, UUID.class));
    }

    private static List<?> column(
            List<PlanDraft> drafts, Function<PlanDraft, @Nullable Object> value) {
        return drafts.stream().map(value).toList();
    }

    Optional<FiledPlan> find(Tx tx, UUID id) throws SQLException {
        return list(tx, ChangeSql.PLAN_FIND, "id", id).stream().findFirst();
    }

    /// Nobody else decides about the plan until the transaction ends.
    Optional<FiledPlan> lock(Tx tx, UUID id) throws SQLException {
        return list(tx, ChangeSql.PLAN_LOCK, "id", id).stream().findFirst();
    }

    /// Of the canonical text its fingerprint was made from.
    int form(Tx tx, UUID id) throws SQLException {
        return tx.column(ChangeSql.PLAN_FORM, StateParams.of("id", id), Integer.class).stream()
                .findFirst()
                .orElse(0);
    }

    List<FiledPlan> same(Tx tx, Collection<String> works, Instant now) throws SQLException {
        return works.isEmpty()
                ? List.of()
                : list(tx, ChangeSql.PLAN_SAME, "works", works, "now", now);
    }

    List<FiledPlan> list(Tx tx, SqlName query, @Nullable Object... params) throws SQLException {
        return tx.query(query, StateParams.of(params), PlanRow.class).stream()
                .flatMap(row -> row.plan().stream())
                .toList();
    }

    /// @param runner the process that carries it out, null when nothing is to run
    void decide(
            Tx tx,
            UUID id,
            FiledPlan.State state,
            String by,
            Instant at,
            @Nullable String reason,
            @Nullable String runner)
            throws SQLException {
        tx.update(
                ChangeSql.PLAN_DECIDE,
                StateParams.of(
                        "id", id, "state", state, "by", by, "at", at, "reason", reason, "runner",
                        runner));
    }

    /// @param until the same is not proposed again before; null = the no is to this plan only
    void reject(Tx tx, UUID id, String by, Instant at, String reason, @Nullable Instant until)
            throws SQLException {
        tx.update(
                ChangeSql.PLAN_REJECT,
                StateParams.of("id", id, "by", by, "at", at, "reason", reason, "until", until));
    }

    void raise(Tx tx, UUID id, Risk risk) throws SQLException {
        tx.update(
                ChangeSql.PLAN_RAISE,
                StateParams.of(
                        "id", id, "risk", StateJson.write(risk), "risk_level", risk.level()));
    }

    /// False when the runner is not the plan's any more.
    boolean close(
            Tx tx,
            UUID id,
            FiledPlan.State state,
            Instant at,
            @Nullable String reason,
            @Nullable String runner)
            throws SQLException {
        return tx.update(
                        ChangeSql.PLAN_CLOSE,
                        StateParams.of(
                                "id", id, "state", state, "at", at, "reason", reason, "runner",
                                runner))
                == 1;
    }

    Optional<String> runner(Tx tx, UUID id) throws SQLException {
        return tx.first(ChangeSql.PLAN_FIND, StateParams.of("id", id), Runner.class)
                .map(Runner::runner);
    }

    private record Runner(@Nullable String runner) {}

    void supersede(Tx tx, UUID id, UUID newer, Instant at, String reason) throws SQLException {
        tx.update(
                ChangeSql.PLAN_SUPERSEDE,
                StateParams.of("id", id, "by_id", newer, "at", at, "reason", reason));
    }

    boolean undone(Tx tx, UUID id) throws SQLException {
        return tx.update(ChangeSql.PLAN_UNDONE, StateParams.of("id", id)) == 1;
    }

    void verified(Tx tx, UUID id, Verification verification) throws SQLException {
        tx.update(
                ChangeSql.PLAN_VERIFY,
                StateParams.of("id", id, "verification", StateJson.write(verification)));
    }

    /// Decisions are kept apart from the plan.
    void decision(
            Tx tx,
            UUID planId,
            String act,
            Actor by,
            @Nullable PlanFingerprint shown,
            @Nullable String typedName,
            @Nullable String reason,
            Instant at)
            throws SQLException {
        tx.update(
                ChangeSql.DECISION_INSERT,
                StateParams.of(
                        "plan_id", planId,
                        "act", act,
                        "actor", by.name(),
                        "actor_kind", by.kind(),
                        "shown", shown == null ? null : shown.hex(),
                        "typed_name", typedName,
                        "reason", reason,
                        "at", at));
    }

    record PlanRow(
            UUID id,
            String body,
            String fingerprint,
            String risk,
            FiledPlan.State state,
            Instant filedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String reason,
            @Nullable String verification,
            @Nullable Instant finishedAt,
            @Nullable Instant heldUntil) {
        Optional<FiledPlan> plan() {
            try {
                return Optional.of(
                        new FiledPlan(
                                id,
                                StateJson.read(body, ChangePlan.class),
                                new PlanFingerprint(fingerprint),
                                StateJson.read(risk, Risk.class),
                                state,
                                filedAt,
                                decidedBy,
                                decidedAt,
                                reason,
                                verification == null
                                        ? null
                                        : StateJson.read(verification, Verification.class),
                                finishedAt,
                                heldUntil));
            } catch (IllegalArgumentException e) {
                LOG.warn("Plan {} cannot be read: {}", id, e.getMessage());
                return Optional.empty();
            }
        }
    }
}
