package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.domain.plan.Verification;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class AlertLedgerTest {
    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");
    private static final Verification HELPED = new Verification.Confirmed(AT, List.of("0 rows"));

    private final AlertsInMemory alerts = new AlertsInMemory();
    private final AlertLedger ledger = new AlertLedger(alerts);

    @Test
    void onlyAVerifiedRepairThatRanByItselfIsTheAgents() {
        ledger.accept(plan("a1", FiledPlan.State.RUNNING, FiledPlan.POLICY, null));
        ledger.accept(plan("a2", FiledPlan.State.FAILED, FiledPlan.POLICY, HELPED));
        ledger.accept(plan("a3", FiledPlan.State.DONE, "kim", HELPED));
        ledger.accept(plan("a4", FiledPlan.State.DONE, null, HELPED));
        ledger.accept(plan("a5", FiledPlan.State.DONE, FiledPlan.POLICY, null));
        ledger.accept(
                plan(
                        "a6",
                        FiledPlan.State.DONE,
                        FiledPlan.POLICY,
                        new Verification.NotConfirmed(AT, List.of("as many"))));
        ledger.accept(
                plan(
                        "a7",
                        FiledPlan.State.DONE,
                        FiledPlan.POLICY,
                        new Verification.Inconclusive(AT, List.of("not read"))));
        ledger.accept(plan(null, FiledPlan.State.DONE, FiledPlan.POLICY, HELPED));
        assertThat(alerts.repairs()).isEmpty();

        var repair = plan("a8", FiledPlan.State.DONE, FiledPlan.POLICY, HELPED);
        ledger.accept(repair);
        assertThat(alerts.repairs()).containsOnly(Map.entry("a8", repair.id()));
    }

    private static FiledPlan plan(
            @Nullable String alert,
            FiledPlan.State state,
            @Nullable String decidedBy,
            @Nullable Verification verification) {
        var target = new TargetId("p", "shop", "production");
        var plan =
                new ChangePlan(
                        target,
                        "execute_low_risk_sop",
                        Actor.agent("health"),
                        "Vacuum",
                        "Vacuum shop.orders",
                        Subject.table("db", "shop", "orders"),
                        "many dead rows",
                        List.of(
                                new Step.SqlStep(
                                        "Vacuum shop.orders",
                                        "db",
                                        "vacuum shop.orders",
                                        List.of(),
                                        LockLevel.SHARE_UPDATE_EXCLUSIVE,
                                        Reversibility.HARMLESS,
                                        false,
                                        Duration.ofSeconds(2),
                                        Duration.ofMinutes(1),
                                        0)),
                        Undo.none("nothing to take back"),
                        new ExpectedEffect("fewer dead rows", null, null),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        alert,
                        AT,
                        AT.plusSeconds(60));
        return new FiledPlan(
                UUID.randomUUID(),
                plan,
                plan.fingerprint(),
                new Risk(RiskLevel.LOW, List.of("harmless")),
                state,
                AT,
                decidedBy,
                AT,
                null,
                verification,
                AT);
    }
}
