package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.Risk;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.Samples;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// Each rule of who may approve what, alone.
final class ApprovalTest {
    private final FiledPlan plan =
            Samples.filed(Samples.dropDuplicate(Samples.NOON), State.WAITING, Samples.NOON);

    private static Risk risk(RiskLevel level) {
        return new Risk(level, List.of("because"));
    }

    private Approval by(Actor.Kind kind, @Nullable String name, @Nullable String reason) {
        return new Approval(plan.fingerprint(), new Actor("who", kind), name, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "HUMAN, LOW, true",
        "HUMAN, MEDIUM, true",
        "HUMAN, HIGH, true",
        "CI, LOW, true",
        "CI, MEDIUM, true",
        "CI, HIGH, false",
        "AGENT, LOW, true",
        "AGENT, MEDIUM, false",
        "AGENT, HIGH, false",
        "PLATFORM, LOW, true",
        "PLATFORM, MEDIUM, false",
        "PLATFORM, HIGH, false"
    })
    void whoMayDecideDependsOnTheRisk(Actor.Kind kind, RiskLevel level, boolean may) {
        var name = plan.plan().subject().name();
        var objection = by(kind, name, "asked for").objection(plan, risk(level));
        if (may) {
            assertThat(objection).isEmpty();
        } else {
            assertThat(objection)
                    .hasValueSatisfying(why -> assertThat(why).startsWith("who may not"));
        }
    }

    @Test
    void theRiskAsAssessedCountsNotTheStoredOne() {
        assertThat(plan.risk().level()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(by(Actor.Kind.HUMAN, null, null).objection(plan, risk(RiskLevel.HIGH)))
                .hasValueSatisfying(why -> assertThat(why).contains("name typed exactly"));
    }

    @Test
    void whatWasShownMustBeWhatIsStored() {
        var other = new PlanFingerprint("0".repeat(64));
        assertThat(
                        new Approval(other, Actor.human("kim"), null, null)
                                .objection(plan, risk(RiskLevel.LOW)))
                .hasValueSatisfying(
                        why -> assertThat(why).contains(plan.fingerprint().brief(), other.brief()));
    }

    @ParameterizedTest
    @CsvSource({
        "orders_status_idx, true",
        "shop.orders_status_idx, true",
        "Orders_status_idx, false",
        "orders, false",
        "' orders_status_idx', false",
        "'', false",
        ", false"
    })
    void highRiskNeedsTheNameExactly(@Nullable String typed, boolean enough) {
        assertThat(plan.plan().subject().display()).isEqualTo("shop.orders_status_idx");
        assertThat(
                        by(Actor.Kind.HUMAN, typed, "asked for")
                                .objection(plan, risk(RiskLevel.HIGH))
                                .isEmpty())
                .isEqualTo(enough);
    }

    @ParameterizedTest
    @CsvSource({"asked for, true", "' ', false", "'', false", ", false"})
    void highRiskNeedsAReason(@Nullable String reason, boolean enough) {
        assertThat(
                        by(Actor.Kind.HUMAN, "orders_status_idx", reason)
                                .objection(plan, risk(RiskLevel.HIGH))
                                .isEmpty())
                .isEqualTo(enough);
    }

    @Test
    void belowHighNeitherNameNorReasonIsNeeded() {
        assertThat(by(Actor.Kind.HUMAN, null, null).objection(plan, risk(RiskLevel.MEDIUM)))
                .isEmpty();
    }

    @Test
    void thePolicyApprovesLowRiskAlone() {
        var policy = Approval.byPolicy(plan);
        assertThat(policy.shown()).isEqualTo(plan.fingerprint());
        assertThat(policy.objection(plan, risk(RiskLevel.LOW))).isEmpty();
        assertThat(policy.objection(plan, risk(RiskLevel.MEDIUM))).isPresent();
        assertThat(policy.objection(plan, risk(RiskLevel.HIGH))).isPresent();
    }

    @Test
    void theMoreDangerousOfTwoRisksCounts() {
        var low = risk(RiskLevel.LOW);
        var high = risk(RiskLevel.HIGH);
        assertThat(RiskAssessor.worse(low, high)).isSameAs(high);
        assertThat(RiskAssessor.worse(high, low)).isSameAs(high);
        var alike = risk(RiskLevel.LOW);
        assertThat(RiskAssessor.worse(low, alike)).isSameAs(low);
    }
}
