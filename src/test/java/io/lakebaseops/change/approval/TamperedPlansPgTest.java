package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// Whoever may write the state database changes a stored plan: nothing of it runs.
class TamperedPlansPgTest {
    private DeskRig rig;

    @BeforeEach
    void open() {
        rig = new DeskRig();
        rig.shop.asDba("create table victims (a int)", "create table t (a int)");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private ChangePlan drop() {
        return rig.plan(
                Subject.table(rig.shop.name(), "public", "victims"),
                rig.step("Drop", "drop table public.victims"));
    }

    private boolean victimsAreThere() {
        return rig.shop.scalar("select to_regclass('public.victims')") != null;
    }

    @Test
    void aRiskSetToLowLetsNothingRunByPolicyAndIsRaisedAgain() throws SQLException {
        var plan = rig.desk.file(drop());
        assertThat(plan.risk().level()).isEqualTo(RiskLevel.HIGH);
        write(
                "update lakebaseops.change_plans set risk_level = 'LOW',"
                        + " risk = replace(risk, '\"level\":\"HIGH\"', '\"level\":\"LOW\"')");
        assertThat(rig.found(plan).risk().level()).isEqualTo(RiskLevel.LOW);

        assertThat(rig.desk.file(drop()).id()).isEqualTo(plan.id());
        assertThat(victimsAreThere()).isTrue();
        assertThat(rig.found(plan).state()).isEqualTo(State.WAITING);
        assertThat(rig.found(plan).risk().level()).isEqualTo(RiskLevel.HIGH);
        assertThat(rig.audit.entries(1).getFirst().kind()).isEqualTo("risk_raised");
    }

    @Test
    void aPersonWhoWasShownTheForgedRiskIsToldTheTrueOne() throws SQLException {
        var plan = rig.desk.file(drop());
        write(
                "update lakebaseops.change_plans set"
                        + " risk = replace(risk, '\"level\":\"HIGH\"', '\"level\":\"MEDIUM\"')");
        assertThat(rig.approve(rig.found(plan)))
                .isInstanceOfSatisfying(
                        Decision.Declined.class,
                        d -> assertThat(d.reason()).startsWith("it is high risk now: "));
        assertThat(victimsAreThere()).isTrue();
        assertThat(
                        rig.desk.approve(
                                plan.id(), plan.fingerprint(), DeskRig.PERSON, "victims", "yes"))
                .isInstanceOf(Decision.Granted.class);
        assertThat(victimsAreThere()).isFalse();
    }

    /// The variant that replaced body and fingerprint together.
    @Test
    void anotherPlanUnderTheNameOfAFiledOneIsRefused() throws SQLException {
        var harmless =
                rig.desk.file(
                        rig.plan(
                                Subject.table(rig.shop.name(), "public", "t"),
                                rig.step("Index", "create index i on t (a)")));
        var evil = drop();
        replace(harmless.id(), evil);
        var seen = rig.found(harmless);
        assertThat(seen.fingerprint()).isEqualTo(evil.fingerprint());

        for (var shown : List.of(seen.fingerprint(), harmless.fingerprint())) {
            assertThat(rig.desk.approve(harmless.id(), shown, DeskRig.PERSON, "victims", "yes"))
                    .isInstanceOfSatisfying(
                            Decision.Declined.class,
                            d ->
                                    assertThat(d.reason())
                                            .contains("not the one that was filed")
                                            .contains("the audit chain names another fingerprint"));
        }
        assertThat(victimsAreThere()).isTrue();
        assertThat(rig.found(harmless).state()).isEqualTo(State.WAITING);
    }

    @Test
    void aPlanThatWasNeverFiledIsRefused() throws SQLException {
        var plan = rig.desk.file(drop());
        var stranger = UUID.randomUUID();
        write(
                "update lakebaseops.change_plans set id = '%s' where id = '%s'"
                        .formatted(stranger, plan.id()));
        assertThat(rig.desk.approve(stranger, plan.fingerprint(), DeskRig.PERSON, "victims", "yes"))
                .isInstanceOfSatisfying(
                        Decision.Declined.class,
                        d -> assertThat(d.reason()).contains("no entry that it was filed"));
        assertThat(victimsAreThere()).isTrue();
    }

    /// What a person types for high risk is part of what was filed.
    @Test
    void anotherNameToTypeIsAnotherPlan() throws SQLException {
        var plan = rig.desk.file(drop());
        write(
                "update lakebaseops.change_plans set"
                        + " body = replace(body, '\"name\":\"victims\"', '\"name\":\"t\"')");
        assertThat(rig.desk.approve(plan.id(), plan.fingerprint(), DeskRig.PERSON, "t", "yes"))
                .isInstanceOfSatisfying(
                        Decision.Declined.class, d -> assertThat(d.reason()).contains("altered"));
        assertThat(victimsAreThere()).isTrue();
    }

    @Test
    void anAlteredPlanIsNotTakenBackEither() throws SQLException {
        var index =
                rig.plan(
                        Subject.table(rig.shop.name(), "public", "t"),
                        List.of(rig.step("Index", "create index i on t (a)")),
                        new io.lakebaseops.domain.plan.Undo(
                                List.of(rig.step("Drop it", "drop index i")),
                                "dropped again",
                                List.of()),
                        List.of(),
                        List.of(),
                        null);
        var plan = rig.desk.file(index);
        rig.desk.approve(plan.id(), plan.fingerprint(), DeskRig.PERSON, "t", "yes");
        assertThat(rig.found(plan).state()).isEqualTo(State.DONE);
        write(
                "update lakebaseops.change_plans set"
                        + " body = replace(body, 'drop index i', 'drop table victims')");
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> rig.desk.planUndo(plan.id(), DeskRig.PERSON)))
                .hasMessageContaining("its text was altered");
        assertThat(victimsAreThere()).isTrue();
    }

    @Test
    void aWaitingPlanOfAnEarlierVersionIsClosedWithAPlainReason() throws SQLException {
        var plan = rig.desk.file(drop());
        write("update lakebaseops.change_plans set form = 1, fingerprint = repeat('a', 64)");
        assertThat(rig.desk.waiting()).isEmpty();
        var closed = rig.found(plan);
        assertThat(closed.state()).isEqualTo(State.EXPIRED);
        assertThat(closed.reason())
                .isEqualTo("filed by an earlier version of LakebaseOps; plan it again");
        assertThat(rig.desk.history(5)).extracting(FiledPlan::id).contains(plan.id());
    }

    @Test
    void oneRowThatCannotBeReadCostsNobodyTheOthers() throws SQLException {
        var lost = rig.desk.file(drop());
        var plan =
                rig.desk.file(
                        rig.plan(
                                Subject.table(rig.shop.name(), "public", "t"),
                                rig.step("Index", "create index i on t (a)")));
        write(
                "update lakebaseops.change_plans set body = '{\"steps\": 7}' where id = '%s'"
                        .formatted(lost.id()));
        assertThat(rig.desk.waiting()).extracting(FiledPlan::id).containsExactly(plan.id());
    }

    @Test
    void anAgentMayNotApproveWhatAPersonMust() {
        var plan = rig.desk.file(drop());
        assertThat(
                        rig.desk.approve(
                                plan.id(),
                                plan.fingerprint(),
                                Actor.agent("health"),
                                "victims",
                                "yes"))
                .isInstanceOf(Decision.Declined.class);
        assertThat(victimsAreThere()).isTrue();
    }

    private void replace(UUID id, ChangePlan by) throws SQLException {
        try (var c = admin();
                var s =
                        c.prepareStatement(
                                "update lakebaseops.change_plans set body = ?, fingerprint = ?,"
                                        + " work = ?, title = ? where id = ?")) {
            s.setString(1, StateJson.write(by));
            s.setString(2, by.fingerprint().hex());
            s.setString(3, by.work());
            s.setString(4, by.title());
            s.setObject(5, id);
            assertThat(s.executeUpdate()).isEqualTo(1);
        }
        assertThat(PlanFingerprint.FORM).isEqualTo(2);
    }

    private void write(String sql) throws SQLException {
        try (var c = admin();
                var s = c.createStatement()) {
            assertThat(s.executeUpdate(sql)).isPositive();
        }
    }

    private java.sql.Connection admin() throws SQLException {
        return DriverManager.getConnection(rig.state.settings().url(), Pg17.DBA, Pg17.DBA_PASSWORD);
    }
}
