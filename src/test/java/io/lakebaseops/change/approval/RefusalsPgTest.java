package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a person said no to is not proposed again, until it is time or gets worse.
class RefusalsPgTest {
    private static final long MB = 1 << 20;
    private final Pg17.Database state = StateDatabases.fresh("gate_state");
    private final Pg17.Database shop = Pg17.shared().database("shop");
    private DeskRig rig;
    private FindingStore findings;

    @BeforeEach
    void open() {
        rig = new DeskRig(state.url(), shop);
        findings = new FindingStore(rig.state);
        shop.asDba("create table t (a int)");
        seen(Severity.WARNING);
    }

    @AfterEach
    void close() {
        assertThat(rig.audit.verifyAll()).isInstanceOf(AuditLog.ChainState.Intact.class);
        rig.close();
    }

    private Finding finding(Severity severity) {
        return Finding.of(
                rig.target(),
                "missing_index",
                severity,
                Subject.table(shop.name(), "public", "t"),
                "t has no index",
                new Confidence(1, "measured"),
                null,
                null,
                List.of(),
                Instant.now());
    }

    private void seen(Severity severity) {
        findings.reconcile(rig.target(), List.of(finding(severity)), List.of(), Instant.now());
    }

    private ChangePlan build(long bytes) {
        return build(bytes, Actor.agent("performance"));
    }

    private ChangePlan build(long bytes, Actor by) {
        var step =
                new Step.SqlStep(
                        "Build",
                        shop.name(),
                        "create index concurrently i on t (a)",
                        List.of(),
                        LockLevel.NONE,
                        Reversibility.HARMLESS,
                        false,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(9),
                        bytes);
        var plan =
                rig.plan(
                        Subject.table(shop.name(), "public", "t"),
                        List.of(step),
                        Undo.none("none"),
                        List.of(),
                        List.of(),
                        finding(Severity.WARNING).fingerprint());
        return new ChangePlan(
                plan.target(),
                plan.tool(),
                by,
                plan.verb(),
                plan.title(),
                plan.subject(),
                plan.why(),
                plan.steps(),
                plan.undo(),
                plan.effect(),
                plan.preconditions(),
                plan.proofs(),
                plan.evidence(),
                plan.findingFingerprint(),
                null,
                plan.createdAt(),
                plan.expiresAt());
    }

    private FiledPlan refused(Instant until) {
        var plan = rig.desk.file(build(10 * MB));
        rig.desk.reject(plan.id(), DeskRig.PERSON, "needed until Friday", until);
        return plan;
    }

    @Test
    void theAnswerSaysWhoSaidNoWhenWhyAndUntilWhen() {
        var no = refused(null);
        var answer = rig.desk.file(build(11 * MB));
        assertThat(answer.state()).isEqualTo(State.HELD_BACK);
        assertThat(answer.id()).isEqualTo(no.id());
        assertThat(answer.decidedBy()).isEqualTo("kim");
        assertThat(answer.decidedAt()).isNotNull();
        assertThat(answer.reason())
                .startsWith("kim rejected on ")
                .contains(": needed until Friday; proposed again from ");
        assertThat(Duration.between(answer.decidedAt(), answer.heldUntil()))
                .isEqualTo(Duration.ofDays(30));
        assertThat(rig.desk.waiting()).isEmpty();
        assertThat(rig.desk.heldBack(10))
                .singleElement()
                .satisfies(
                        h -> {
                            assertThat(h.plan()).isEqualTo(no.id());
                            assertThat(h.by()).isEqualTo("kim");
                            assertThat(h.why()).isEqualTo("needed until Friday");
                            assertThat(h.until()).isEqualTo(answer.heldUntil());
                        });
    }

    @Test
    void afterItsDateItIsProposedAgain() {
        refused(Instant.now().plusSeconds(7200));
        assertThat(rig.desk.file(build(10 * MB)).state()).isEqualTo(State.HELD_BACK);
        var later = Clock.offset(Clock.systemUTC(), Duration.ofHours(3));
        try (var then = new DeskRig(state.url(), shop, Runnable::run, later)) {
            var now = Instant.now().plus(Duration.ofHours(3));
            var plan = build(10 * MB);
            var fresh =
                    new ChangePlan(
                            plan.target(),
                            plan.tool(),
                            plan.proposedBy(),
                            plan.verb(),
                            plan.title(),
                            plan.subject(),
                            plan.why(),
                            plan.steps(),
                            plan.undo(),
                            plan.effect(),
                            plan.preconditions(),
                            plan.proofs(),
                            plan.evidence(),
                            plan.findingFingerprint(),
                            null,
                            now,
                            now.plusSeconds(3600));
            assertThat(then.desk.file(fresh).state()).isEqualTo(State.WAITING);
            assertThat(then.desk.heldBack(10)).isEmpty();
        }
    }

    @Test
    void whatHasDoubledIsProposedAgain() {
        refused(null);
        assertThat(rig.desk.file(build(20 * MB - 1)).state()).isEqualTo(State.HELD_BACK);
        assertThat(rig.desk.file(build(20 * MB)).state()).isEqualTo(State.WAITING);
    }

    @Test
    void aHigherSeverityIsProposedAgain() {
        refused(null);
        seen(Severity.INFO);
        assertThat(rig.desk.file(build(10 * MB)).state()).isEqualTo(State.HELD_BACK);
        seen(Severity.CRITICAL);
        assertThat(rig.desk.file(build(10 * MB)).state()).isEqualTo(State.WAITING);
    }

    @Test
    void anotherStatementIsAnotherMatter() {
        refused(null);
        var other =
                rig.plan(
                        Subject.table(shop.name(), "public", "t"),
                        rig.step("Build", "create index concurrently j on t (a)"));
        assertThat(rig.desk.file(other).state()).isEqualTo(State.WAITING);
    }

    @Test
    void aPersonWhoAsksForItHimselfHasChangedHisMind() {
        refused(null);
        assertThat(rig.desk.file(build(10 * MB, DeskRig.PERSON)).state()).isEqualTo(State.WAITING);
    }

    @Test
    void onlyAPersonsNoIsRemembered() {
        var plan = rig.desk.file(build(10 * MB));
        rig.desk.reject(plan.id(), Actor.agent("performance"), "not now");
        assertThat(rig.desk.file(build(10 * MB)).state()).isEqualTo(State.WAITING);
    }

    @Test
    void forAnIgnoredFindingNothingIsPlannedUntilItGetsWorse() {
        findings.ignore(finding(Severity.WARNING).fingerprint(), "kim", "an archive", null);
        seen(Severity.WARNING);
        var answer = rig.desk.file(build(10 * MB));
        assertThat(answer.state()).isEqualTo(State.HELD_BACK);
        assertThat(answer.reason())
                .contains("kim ignored the finding", "an archive", "only when it gets worse");
        assertThat(rig.desk.heldBack(10))
                .singleElement()
                .extracting(HeldBack::finding, HeldBack::title, HeldBack::plan)
                .containsExactly(finding(Severity.WARNING).fingerprint(), "t has no index", null);
        seen(Severity.CRITICAL);
        assertThat(findings.open(rig.target())).hasSize(1);
        assertThat(rig.desk.file(build(10 * MB)).state()).isEqualTo(State.WAITING);
    }

    @Test
    void whoAsksAgainEndsTheRefusalAndTheNextLookProposesIt() {
        refused(Instant.now().plusSeconds(7200));
        assertThat(rig.desk.file(build(10 * MB)).state()).isEqualTo(State.HELD_BACK);
        var held = rig.desk.heldBack(rig.target(), 10);
        assertThat(held).hasSize(1);
        assertThat(rig.desk.heldBack(new TargetId("other", "o", "o"), 10)).isEmpty();
        rig.desk.askAgain(held.getFirst(), DeskRig.PERSON);
        rig.desk.holdAgain(held.getFirst(), DeskRig.PERSON);
        assertThat(rig.desk.heldBack(rig.target(), 10)).as("taken back").isEqualTo(held);
        assertThat(rig.audit.entries(1).getFirst().kind()).isEqualTo("hold_resumed");
        rig.desk.askAgain(held.getFirst(), DeskRig.PERSON);
        rig.desk.askAgain(held.getFirst(), Actor.human("a second click"));
        assertThat(rig.desk.heldBack(10)).isEmpty();
        assertThat(rig.audit.entries(10))
                .filteredOn(e -> e.kind().equals("hold_ended"))
                .hasSize(2)
                .first()
                .satisfies(e -> assertThat(e.actor()).isEqualTo(DeskRig.PERSON.name()))
                .satisfies(e -> assertThat(e.planId()).isEqualTo(held.getFirst().plan()));
        assertThat(rig.audit.verifyAll()).isInstanceOf(AuditLog.ChainState.Intact.class);
        assertThat(rig.desk.file(build(10 * MB)).state()).isEqualTo(State.WAITING);
    }

    @Test
    void anIgnoredFindingIsShownAgainAndItsRemedyIsPlannedAnew() {
        var fingerprint = finding(Severity.WARNING).fingerprint();
        findings.remedied(
                java.util.Map.of(fingerprint, "as before"), Instant.now().plusSeconds(7200));
        findings.ignore(fingerprint, "kim", "an archive", null);
        seen(Severity.WARNING);
        var held = rig.desk.heldBack(10).getFirst();
        rig.desk.askAgain(held, DeskRig.PERSON);
        rig.desk.holdAgain(held, DeskRig.PERSON);
        assertThat(rig.desk.heldBack(10)).as("taken back").containsExactly(held);
        rig.desk.askAgain(held, DeskRig.PERSON);
        assertThat(rig.audit.entries(1))
                .singleElement()
                .satisfies(e -> assertThat(e.kind()).isEqualTo("hold_ended"))
                .satisfies(e -> assertThat(e.body()).contains(fingerprint));
        assertThat(findings.open(rig.target())).hasSize(1);
        assertThat(rig.desk.heldBack(10)).isEmpty();
        assertThat(rig.desk.file(build(10 * MB)).state()).isEqualTo(State.WAITING);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 19, 1, 1, false",
        "10, 20, 1, 1, true",
        "10, 5, 1, 1, false",
        "0, 99, 1, 1, false",
        "1, 1, 1, 2, true",
        "1, 1, 2, 1, false",
        "1, 1, , 2, false",
        "1, 1, 2, , false"
    })
    void worseIsTwiceTheSizeOrAHigherSeverity(
            long bytesThen, long bytesNow, Long severityThen, Long severity, boolean worse) {
        assertThat(Refusals.worse(bytesThen, bytesNow, severityThen, severity)).isEqualTo(worse);
    }
}
