package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakebaseops.change.archival.ArchiveRunner;
import io.lakebaseops.change.execution.PostconditionCheck;
import io.lakebaseops.change.execution.StepListener;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.WorkspaceListing;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.CreatedResourceStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.NoColdStore;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.TestTargets;
import io.lakebaseops.testing.Undoing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Plans whose steps go to the control plane. Its double keeps branches in a map: what counts here
/// is what the gate asks of it; the real one is driven end to end by the demo.
class BranchPlansPgTest {
    private static final TargetId TARGET = new TargetId("p", "shop", "production");

    private final Map<String, ControlPlane.Branch> branches = new ConcurrentHashMap<>();
    private final StateDb state = StateDatabases.open("gate_state");
    private final TestTargets targets = TestTargets.of(Pg17.shared().database("shop"));
    private int asked;
    private int looks;
    private int protectAt = -1;
    private boolean reachable = true;
    private boolean dies;
    private final PlanDesk desk =
            new PlanDesk(
                    state,
                    targets.targets(),
                    targets.sql(),
                    _ -> Optional.of(controlPlane()),
                    RiskPolicy.standard(),
                    AuditChains.of(state, Clock.systemUTC()),
                    new ArchiveRunner(
                            targets.targets(),
                            new ArchivalStore(state, Clock.systemUTC()),
                            NoColdStore.NONE,
                            ArchiveRunner.Moments.UNHEARD),
                    PlanListener.NOBODY,
                    new StepMonitor(targets.targets(), StepListener.NOBODY, targets.threads()),
                    Runnable::run,
                    Clock.systemUTC(),
                    new PlanDesk.Pace(
                            new PostconditionCheck.Patience(
                                    2, Duration.ofMillis(10), Duration.ofSeconds(60))));

    @AfterEach
    void close() {
        targets.close();
        state.close();
    }

    @Test
    void aNewBranchIsMadeAtOnceVerifiedAndUndone() {
        var plan = desk.file(create("dev-kim"));
        assertThat(plan.risk().level()).isEqualTo(RiskLevel.LOW);
        assertThat(plan.state()).isEqualTo(State.DONE);
        assertThat(plan.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(branches).containsKey("dev-kim");

        Undoing.of(desk, plan.id(), DeskRig.PERSON, "not needed");
        assertThat(branches).isEmpty();
        assertThat(desk.find(plan.id()).orElseThrow().verification())
                .isInstanceOf(Verification.Confirmed.class);
    }

    @Test
    void aBranchThatAppearedMeanwhileStopsThePlan() {
        put("dev-kim", false);
        var plan = desk.file(create("dev-kim"));
        assertThat(plan.state()).isEqualTo(State.SUPERSEDED);
        assertThat(plan.reason()).contains("branch dev-kim exists now");
    }

    /// As a process that is killed: nothing of ours runs after it.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// The branch is there, nobody recorded it: it counts as somebody else's, and that is said.
    @Test
    void aBranchWhoseMakerDiedBeforeItWasRecordedIsLeftAlone() {
        dies = true;
        assertThatThrownBy(() -> desk.file(create("ci-pr-7"))).isInstanceOf(Killed.class);
        assertThat(branches).containsKey("ci-pr-7");

        assertThat(desk.settleAbandoned()).isEqualTo(1);

        assertThat(desk.history(1).getFirst())
                .satisfies(p -> assertThat(p.state()).isEqualTo(State.FAILED))
                .satisfies(
                        p ->
                                assertThat(p.reason())
                                        .contains("unknown outcome")
                                        .contains("branch ci-pr-7 may be there")
                                        .contains("it is left alone"));
        var uid = branches.get("ci-pr-7").uid();
        assertThat(new CreatedResourceStore(state, Clock.systemUTC()).find("p", uid)).isEmpty();
        var deletion = desk.file(deleteOf("ci-pr-7", uid));
        assertThat(deletion.state()).isEqualTo(State.WAITING);
        assertThat(deletion.risk().level()).isNotEqualTo(RiskLevel.LOW);
        assertThat(branches).containsKey("ci-pr-7");
    }

    @Test
    void aProtectedBranchIsHighRiskWhateverItsName() {
        put("ci-pr-7", true);
        assertThat(desk.file(delete("ci-pr-7")).risk().level()).isEqualTo(RiskLevel.HIGH);
        assertThat(branches).containsKey("ci-pr-7");
    }

    @Test
    void anUnreachableControlPlaneMakesADeletionHighRisk() {
        put("ci-pr-7", false);
        reachable = false;
        assertThat(desk.file(delete("ci-pr-7")).risk().level()).isEqualTo(RiskLevel.HIGH);
    }

    @Test
    void anUnreachableControlPlaneRunsNothingAndThePlanWaits() {
        reachable = false;
        assertThat(desk.file(create("dev-kim")).state()).isEqualTo(State.WAITING);
        reachable = true;
        assertThat(desk.file(create("dev-kim")).state()).isEqualTo(State.DONE);
    }

    @Test
    void aPlanThatIsOpenAlreadyIsFiledWithoutAskingTheControlPlane() {
        put("keep", false);
        var plan = desk.file(delete("keep"));
        assertThat(plan.state()).isEqualTo(State.WAITING);
        asked = 0;
        assertThat(desk.file(delete("keep")).id()).isEqualTo(plan.id());
        assertThat(asked).isZero();
    }

    @Test
    void aBranchOfAnotherUidIsNotDeletedWhoeverApproves() {
        put("keep", false);
        var plan = desk.file(deleteOf("keep", "another"));
        desk.approve(plan.id(), plan.fingerprint(), DeskRig.PERSON, "keep", "asked for");
        assertThat(branches).containsKey("keep");
        assertThat(desk.find(plan.id()).orElseThrow().reason())
                .contains("another has this name now");
    }

    @Test
    void aBranchProtectedMeanwhileMakesTheDecisionHighRisk() {
        put("keep", false);
        var plan = desk.file(script("keep"));
        assertThat(plan.risk().level()).isEqualTo(RiskLevel.MEDIUM);
        put("keep", true);
        assertThat(desk.approve(plan.id(), plan.fingerprint(), DeskRig.PERSON, null, null))
                .isInstanceOfSatisfying(
                        Decision.Declined.class,
                        d -> assertThat(d.reason()).startsWith("it is high risk now: "));
        var raised = desk.find(plan.id()).orElseThrow();
        assertThat(raised.state()).isEqualTo(State.WAITING);
        assertThat(raised.risk().level()).isEqualTo(RiskLevel.HIGH);
        // Now that it is high, name and reason are asked for.
        assertThat(desk.approve(plan.id(), plan.fingerprint(), DeskRig.PERSON, null, null))
                .isInstanceOfSatisfying(
                        Decision.Declined.class,
                        d -> assertThat(d.reason()).contains("name typed exactly"));
    }

    /// Between the decision and the first step.
    @Test
    void aBranchProtectedAtTheLastMomentStopsTheRun() {
        put("keep", false);
        var plan = desk.file(script("keep"));
        int asked = looks;
        protectAt = asked + 2;
        assertThat(desk.approve(plan.id(), plan.fingerprint(), DeskRig.PERSON, null, null))
                .isInstanceOfSatisfying(
                        Decision.Declined.class,
                        d -> assertThat(d.reason()).startsWith("nothing ran, it is high risk now"));
        assertThat(desk.find(plan.id()).orElseThrow().state()).isEqualTo(State.SUPERSEDED);
    }

    @Test
    void aPlanWaitsWhileItsRiskCannotBeTold() {
        put("keep", false);
        var plan = desk.file(script("keep"));
        reachable = false;
        assertThat(desk.approve(plan.id(), plan.fingerprint(), DeskRig.PERSON, null, null))
                .isInstanceOfSatisfying(
                        Decision.Declined.class,
                        d -> assertThat(d.reason()).startsWith("the plan still waits: "));
        assertThat(desk.find(plan.id()).orElseThrow().risk().level()).isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void anUndoNamesTheBranchByItsUidAndKnowsAnotherOfItsName() {
        var plan = desk.file(create("dev-kim"));
        branches.put("dev-kim", branch("dev-kim", "another", false, Instant.EPOCH));
        assertThat(catchThrowable(() -> desk.planUndo(plan.id(), DeskRig.PERSON)))
                .hasMessageContaining("it is another one of that name");
        assertThat(branches).containsKey("dev-kim");
    }

    @Test
    void anUndoStopsWhenTheBranchIsNotAsItWas() {
        var plan = desk.file(create("dev-kim"));
        var made = branches.get("dev-kim");
        branches.put("child", child("child", "dev-kim"));
        var undo = desk.planUndo(plan.id(), DeskRig.PERSON);
        assertThat(undo.plan().undoOf()).isEqualTo(plan.id());
        assertThat(undo.plan().preconditions())
                .anySatisfy(
                        p ->
                                assertThat(p)
                                        .isInstanceOfSatisfying(
                                                Precondition.BranchAsSeen.class,
                                                seen ->
                                                        assertThat(seen.uid())
                                                                .isEqualTo(made.uid())));
        assertThat(desk.find(plan.id()).orElseThrow().state()).isIn(State.DONE, State.UNDONE);
    }

    private ChangePlan script(String branch) {
        var step =
                new Step.ScriptStep(
                        "Migrate",
                        "shop",
                        List.of(Step.ScriptStep.Statement.of("create table t (a int)")),
                        io.lakebaseops.domain.plan.LockLevel.NONE,
                        Reversibility.RECOVERABLE,
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        0,
                        false);
        var now = Instant.now();
        return new ChangePlan(
                new TargetId(TARGET.profile(), TARGET.project(), branch),
                "apply_schema_migration",
                Actor.agent("provisioning"),
                "Apply",
                "Apply on " + branch,
                Subject.branch(branch),
                "asked for",
                List.of(step),
                Undo.none("no way back"),
                new ExpectedEffect("a table", null, null),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                now,
                now.plusSeconds(600));
    }

    private ChangePlan create(String branch) {
        return plan(
                branch,
                new CreateBranchAct("shop", branch, "production", 3600L, false),
                new Undo(
                        List.of(step(DeleteBranchAct.madeByThisPlan("shop", branch))),
                        "deleted again",
                        List.of(new Postcondition.BranchGone("It is gone", "shop", branch))),
                List.of(new Precondition.BranchState("The name is free", "shop", branch, false)),
                List.of(new Postcondition.BranchReady("It is ready", "shop", branch)));
    }

    private ChangePlan delete(String branch) {
        return deleteOf(branch, "u");
    }

    private ChangePlan deleteOf(String branch, String uid) {
        return plan(
                branch,
                new DeleteBranchAct("shop", branch, uid),
                Undo.none("gone"),
                List.of(),
                List.of(new Postcondition.BranchGone("It is gone", "shop", branch)));
    }

    private static Step step(ApiAct act) {
        return new Step.ApiStep("Act", act, Reversibility.REVERSIBLE);
    }

    private static ChangePlan plan(
            String branch,
            ApiAct act,
            Undo undo,
            List<Precondition> preconditions,
            List<Postcondition> proofs) {
        var now = Instant.now();
        return new ChangePlan(
                TARGET,
                "create_branch",
                Actor.agent("provisioning"),
                "Act",
                "Act on " + branch,
                Subject.branch(branch),
                "asked for",
                List.of(step(act)),
                undo,
                new ExpectedEffect("a branch", null, null),
                preconditions,
                proofs,
                List.of(),
                null,
                null,
                now,
                now.plusSeconds(600));
    }

    private void put(String id, boolean isProtected) {
        branches.put(id, branch(id, "u-" + id, isProtected, Instant.now()));
    }

    private static ControlPlane.Branch branch(
            String id, String uid, boolean isProtected, Instant createdAt) {
        return new ControlPlane.Branch(
                "shop", id, uid, "READY", false, isProtected, null, null, 0, createdAt);
    }

    private static ControlPlane.Branch child(String id, String of) {
        return new ControlPlane.Branch(
                "shop", id, "u-" + id, "READY", false, false, of, null, 0, Instant.now());
    }

    private ControlPlane controlPlane() {
        return (ControlPlane)
                Proxy.newProxyInstance(
                        ControlPlane.class.getClassLoader(),
                        new Class<?>[] {ControlPlane.class},
                        (proxy, method, args) ->
                                method.getName().equals("listing")
                                        ? WorkspaceListing.live((ControlPlane) proxy)
                                        : answer(method.getName(), args));
    }

    private Object answer(String method, Object[] args) {
        asked++;
        if (!reachable) {
            throw new OpsException(OpsException.Kind.UNREACHABLE, "Ask", "no route", "wait");
        }
        switch (method) {
            case "branches":
                return List.copyOf(branches.values());
            case "branch":
                if (++looks == protectAt) {
                    put((String) args[1], true);
                }
                return Optional.ofNullable(branches.get((String) args[1]));
            case "createBranch":
                var wanted = (ControlPlane.NewBranch) args[0];
                assertThat(((Deadline) args[1]).expired()).isFalse();
                assertThat(wanted.ttl()).isEqualTo(Duration.ofHours(1));
                put(wanted.id(), wanted.isProtected());
                if (dies) {
                    throw new Killed();
                }
                return branches.get(wanted.id());
            case "deleteBranch":
                branches.remove((String) args[1]);
                return Optional.empty();
            default:
                throw new AssertionError(method);
        }
    }
}
