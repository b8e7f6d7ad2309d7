package io.lakebaseops.change.approval;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.state.NamedSql;
import io.lakebaseops.state.Row;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.state.StateParams;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Plans, decisions and receipts as rows. Every method works inside the caller's transaction.
final class PlanStore {
    /// False when the same plan is open already.
    boolean insert(
            Tx tx, UUID id, ChangePlan plan, PlanFingerprint fingerprint, Risk risk, Instant at)
            throws SQLException {
        return tx.update(
                        ChangeSql.PLAN_INSERT,
                        StateParams.of(
                                "id", id,
                                "fingerprint", fingerprint.hex(),
                                "target", plan.target().key(),
                                "tool", plan.tool(),
                                "title", plan.title(),
                                "finding", plan.findingFingerprint(),
                                "alert", plan.alertId(),
                                "body", StateJson.write(plan),
                                "risk", StateJson.write(risk),
                                "risk_level", risk.level(),
                                "filed_at", at,
                                "expires_at", plan.expiresAt()))
                == 1;
    }

    Optional<FiledPlan> find(Tx tx, UUID id) throws SQLException {
        return tx.first(ChangeSql.PLAN_FIND, StateParams.of("id", id), PlanStore::plan);
    }

    /// Nobody else decides about the plan until the transaction ends.
    Optional<FiledPlan> lock(Tx tx, UUID id) throws SQLException {
        return tx.first(ChangeSql.PLAN_LOCK, StateParams.of("id", id), PlanStore::plan);
    }

    Optional<FiledPlan> same(Tx tx, PlanFingerprint fingerprint) throws SQLException {
        return tx.first(
                ChangeSql.PLAN_SAME,
                StateParams.of("fingerprint", fingerprint.hex()),
                PlanStore::plan);
    }

    List<FiledPlan> list(Tx tx, NamedSql query, @Nullable Object... params) throws SQLException {
        return tx.query(query, StateParams.of(params), PlanStore::plan);
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
        return tx
                .query(
                        ChangeSql.PLAN_FIND,
                        StateParams.of("id", id),
                        row -> Optional.ofNullable(row.textOrNull("runner")))
                .stream()
                .findFirst()
                .orElse(Optional.empty());
    }

    void supersede(Tx tx, UUID id, UUID newer, Instant at, String reason) throws SQLException {
        tx.update(
                ChangeSql.PLAN_SUPERSEDE,
                StateParams.of("id", id, "by_id", newer, "at", at, "reason", reason));
    }

    void undoing(Tx tx, UUID id, String runner) throws SQLException {
        tx.update(ChangeSql.PLAN_UNDOING, StateParams.of("id", id, "runner", runner));
    }

    void verified(Tx tx, UUID id, Verification verification) throws SQLException {
        tx.update(
                ChangeSql.PLAN_VERIFY,
                StateParams.of("id", id, "verification", StateJson.write(verification)));
    }

    /// Decisions are kept apart from the plan: one that is undone has two of them.
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

    private static FiledPlan plan(Row row) throws SQLException {
        var verification = row.textOrNull("verification");
        return new FiledPlan(
                row.uuid("id"),
                StateJson.read(row.text("body"), ChangePlan.class),
                new PlanFingerprint(row.text("fingerprint")),
                StateJson.read(row.text("risk"), Risk.class),
                FiledPlan.State.valueOf(row.text("state")),
                row.instant("filed_at"),
                row.textOrNull("decided_by"),
                row.instantOrNull("decided_at"),
                row.textOrNull("reason"),
                verification == null ? null : StateJson.read(verification, Verification.class),
                row.instantOrNull("finished_at"));
    }
}
