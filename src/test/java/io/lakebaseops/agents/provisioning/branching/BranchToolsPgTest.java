package io.lakebaseops.agents.provisioning.branching;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.ChangeTool.Proposal;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlane.EndpointConfig;
import io.lakebaseops.lakebase.ControlPlane.NewBranch;
import io.lakebaseops.lakebase.ControlPlane.Role;
import io.lakebaseops.testing.Undoing;

import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The branch tools against Local Lakebase through the SDK, with the real gate and ledger.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BranchToolsPgTest {
    /// Enough for what must get through before the control plane falls silent.
    private static final Duration BRIEF = Duration.ofSeconds(6);

    private BranchRig rig;
    private String project;
    private int projects;

    @BeforeAll
    void start(@TempDir Path dir) {
        rig = new BranchRig(dir);
    }

    @BeforeEach
    void aProject() {
        project = "shop-" + projects++;
        rig.server.project(project);
        rig.events.published.clear();
    }

    @AfterEach
    void clear() {
        rig.server.call("DELETE", "/__local/faults", "");
        for (var b : rig.plane.branches(project, BranchRig.soon())) {
            if (b.isProtected()) {
                rig.plane.protectBranch(project, b.id(), false, BranchRig.soon());
            }
        }
        rig.plane.deleteProject(project, BranchRig.soon());
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    private void make(String id, String source, @Nullable Duration ttl) {
        rig.plane.createBranch(
                new NewBranch(project, id, source, ttl, false), BranchRig.soon(), _ -> {});
    }

    private ToolContext as(Actor actor) {
        return rig.on(project, actor);
    }

    private static ChangePlan only(Proposal<?> proposal) {
        ToolRig.found(proposal.outcome());
        assertThat(proposal.plans()).hasSize(1);
        return proposal.plans().getFirst();
    }

    private Proposal<ProtectBranch.Output> protect(String branch, boolean on) {
        return new ProtectBranch(rig.planes, rig.policy)
                .propose(new ProtectBranch.Input(branch, on), as(BranchRig.PERSON));
    }

    @Test
    void protectionIsGivenTakenAndNamesItsHolder() {
        make("staging", "production", null);
        var plan = only(protect("production", true));
        var filed = rig.done(plan);
        assertThat(filed.risk().level()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(rig.branch(project, "production").isProtected()).isTrue();
        assertThat(ToolRig.refused(protect("staging", true).outcome()))
                .contains("only one branch", "production");
        assertThat(protect("production", true).plans()).isEmpty();
        Undoing.of(rig.desk, filed.id(), BranchRig.PERSON, "again");
        assertThat(rig.branch(project, "production").isProtected()).isFalse();
        rig.done(only(protect("staging", true)));
        assertThat(rig.life(project, "production"))
                .containsExactly("protected by kim (human)", "unprotected by kim (human)");
        assertThat(rig.events.of(OpsEvent.BranchProtected.class)).hasSize(3);
        make("feat-x", "production", Duration.ofHours(1));
        rig.done(only(protect("staging", false)));
        assertThat(ToolRig.refused(protect("feat-x", true).outcome())).contains("expires");
    }

    @Test
    void whatIsPastItsTimeGoesAndTheRestStays() {
        // A child keeps the service itself from deleting it before we do.
        make("feat-old", "production", null);
        make("qa-release-1", "production", null);
        make("staging", "production", null);
        make("ci-pr-9", "staging", Duration.ofHours(4));
        rig.server.clock().advance(Duration.ofDays(8));
        var tool = new EnforceTtlPolicies(rig.planes, rig.policy, rig.pullRequests);
        var proposal = tool.propose(new EnforceTtlPolicies.Input(false), as(BranchRig.AGENT));
        var output = ToolRig.found(proposal.outcome()).data();
        // Unless the service's own sweep came first.
        if (rig.there(project, "ci-pr-9")) {
            assertThat(output.deleted()).extracting("branch").containsExactly("ci-pr-9");
        }
        assertThat(output.renewed())
                .extracting("branch")
                .containsExactlyInAnyOrder("feat-old", "qa-release-1");
        assertThat(output.kept()).extracting("branch").contains("production", "staging");
        proposal.plans().forEach(rig::carryOut);
        assertThat(rig.there(project, "ci-pr-9")).isFalse();
        assertThat(rig.branch(project, "feat-old").expiresAt())
                .isAfter(rig.server.clock().instant().plusSeconds(3000));
        assertThat(rig.life(project, "feat-old"))
                .containsExactly("extended by provisioning (agent)");
        assertThat(rig.branch(project, "staging").expiresAt()).isNull();
    }

    private Proposal<ResetBranchFromParent.Output> reset(String branch) {
        return new ResetBranchFromParent(
                        rig.planes,
                        rig.test.targets(),
                        rig.policy,
                        new InterruptedResets(() -> rig.desk.history(100)))
                .propose(new ResetBranchFromParent.Input(branch), as(BranchRig.PERSON));
    }

    private void sql(String branch, String... statements) throws Exception {
        var endpoint = "projects/%s/branches/%s/endpoints/primary".formatted(project, branch);
        try (var c = rig.server.connect(endpoint, rig.server.token(endpoint));
                var s = c.createStatement()) {
            for (var statement : statements) {
                s.execute(statement);
            }
        }
    }

    private EndpointConfig shape(String branch) {
        return rig.plane.shape(
                rig.plane.endpoints(project, branch, BranchRig.soon()).getFirst(),
                BranchRig.soon());
    }

    private static final Role OWN =
            new Role("own role", null, "NO_LOGIN", true, false, false, false);

    private void stagingWithItsOwn() throws Exception {
        sql("production", "create table orders (id int)", "insert into orders values (1)");
        make("staging", "production", null);
        rig.plane.shapeEndpoint(
                project,
                "staging",
                "primary",
                new EndpointConfig(
                        true, 1, 4, Duration.ofMinutes(7), false, Map.of("work_mem", "8MB")),
                BranchRig.soon());
        rig.plane.ensureRole(project, "staging", OWN, BranchRig.soon());
    }

    @Test
    void aResetKeepsNameSettingsEndpointsAndRolesAndListsWhatIsLost() throws Exception {
        stagingWithItsOwn();
        var before = shape("staging");
        assertThat(before.maxCu()).isEqualTo(4);
        var uid = rig.branch(project, "staging").uid();
        sql(
                "staging",
                "insert into orders select generate_series(1, 50)",
                "create table \"only Here\" (x int)",
                "select pg_stat_force_next_flush()");
        var endpoint = "projects/" + project + "/branches/staging/endpoints/primary";
        try (var open = rig.server.connect(endpoint, rig.server.token(endpoint))) {
            assertThat(open.isValid(60)).isTrue();
            var proposal = reset("staging");
            var lost = ToolRig.found(proposal.outcome());
            assertThat(lost.data().tables())
                    .anyMatch(t -> t.table().equals("orders") && t.lost().contains("50 inserted"))
                    .anyMatch(
                            t ->
                                    t.table().equals("only Here")
                                            && t.lost().contains("only on this"));
            assertThat(lost.data().sessions()).isNotEmpty();
            assertThat(lost.data().roles()).containsExactly("own role");
            assertThat(lost.caveats()).anyMatch(c -> c.contains("passwords"));
            var filed = rig.done(only(proposal));
            assertThat(filed.risk().level()).isEqualTo(RiskLevel.HIGH);
        }
        var after = rig.branch(project, "staging");
        assertThat(after.uid()).isNotEqualTo(uid);
        assertThat(after.source()).isEqualTo("production");
        assertThat(shape("staging")).isEqualTo(before);
        assertThat(rig.plane.roles(project, "staging", BranchRig.soon())).contains(OWN);
        assertThat(rig.life(project, "staging")).containsExactly("reset by kim (human)");
        assertThat(rig.events.of(OpsEvent.BranchDeleted.class)).isEmpty();
        var endpointNow = rig.plane.endpoints(project, "staging", BranchRig.soon()).getFirst();
        var token = rig.server.token(endpointNow.name());
        try (var c = rig.server.connect(endpointNow.name(), token);
                var s = c.createStatement();
                var r = s.executeQuery("select count(*) from orders")) {
            r.next();
            assertThat(r.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void aResetThatBrokeOffIsFinished() throws Exception {
        stagingWithItsOwn();
        var before = shape("staging");
        var plan = only(reset("staging"));
        // The name is freed, then nothing can be created any more.
        rig.server.fault(
                "{\"pattern\":\"POST */branches?*\",\"status_code\":403,\"times\":-1,"
                        + "\"message\":\"may not\"}");
        rig.server.fault(
                "{\"pattern\":\"POST */branches\",\"status_code\":403,\"times\":-1,"
                        + "\"message\":\"may not\"}");
        var failed = rig.carryOut(plan);
        assertThat(failed.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(failed.reason()).contains("step 3 of", "may not", "applied before");
        assertThat(rig.there(project, "staging")).isFalse();
        assertThat(rig.life(project, "staging")).containsExactly("deleted by kim (human)");
        rig.server.call("DELETE", "/__local/faults", "");
        var rest = reset("staging");
        assertThat(ToolRig.found(rest.outcome()).data().resumes()).isTrue();
        rig.done(only(rest));
        assertThat(shape("staging")).isEqualTo(before);
        assertThat(rig.plane.roles(project, "staging", BranchRig.soon())).contains(OWN);
        assertThat(ToolRig.found(reset("staging").outcome()).data().resumes()).isFalse();
    }

    @Test
    void aProtectedARootAndAParentAreNotReset() {
        make("staging", "production", null);
        make("development", "staging", null);
        assertThat(ToolRig.refused(reset("staging").outcome())).contains("children", "development");
        rig.plane.protectBranch(project, "development", true, BranchRig.soon());
        assertThat(ToolRig.refused(reset("development").outcome()))
                .contains("protected", "protect_branch");
        assertThat(ToolRig.refused(reset("production").outcome())).contains("nobody");
        assertThat(ToolRig.refused(reset("nothing").outcome())).contains("no branch");
    }

    @Test
    void aThrowAwayBranchIsResetWithOneApproval() {
        make("feat-x", "production", Duration.ofDays(2));
        var filed = rig.done(only(reset("feat-x")));
        assertThat(filed.risk().level()).isEqualTo(RiskLevel.MEDIUM);
        var now = rig.branch(project, "feat-x");
        assertThat(Duration.between(now.createdAt(), now.expiresAt()))
                .isBetween(Duration.ofHours(47), Duration.ofHours(49));
    }

    private Proposal<CreateBranchOnPr.Output> opened(long pr, boolean fresh) {
        return new CreateBranchOnPr(rig.planes, rig.policy, rig.pullRequests)
                .propose(
                        new CreateBranchOnPr.Input(pr, "feature/x", fresh, null), as(BranchRig.CI));
    }

    private Proposal<DeleteBranchOnPrClose.Output> closed(long pr, boolean merged) {
        return new DeleteBranchOnPrClose(rig.planes, rig.policy, rig.pullRequests)
                .propose(new DeleteBranchOnPrClose.Input(pr, merged, null), as(BranchRig.CI));
    }

    @Test
    void aPullRequestHasItsBranchWhileItIsOpen() {
        make("staging", "production", null);
        assertThat(rig.done(only(opened(7, false))).risk().level()).isEqualTo(RiskLevel.LOW);
        var first = rig.branch(project, "ci-pr-7");
        assertThat(first.source()).isEqualTo("staging");
        rig.server.clock().advance(Duration.ofHours(3));
        rig.done(only(opened(7, false)));
        assertThat(rig.branch(project, "ci-pr-7").expiresAt())
                .isAfter(first.expiresAt().plusSeconds(9000));
        rig.done(only(opened(7, true)));
        assertThat(rig.branch(project, "ci-pr-7").uid()).isNotEqualTo(first.uid());
        rig.done(only(closed(7, true)));
        assertThat(rig.there(project, "ci-pr-7")).isFalse();
        assertThat(closed(7, true).plans()).isEmpty();
        // Its name is still held by the deleted one.
        assertThat(rig.done(only(opened(7, false))).risk().level()).isEqualTo(RiskLevel.LOW);
        assertThat(rig.there(project, "ci-pr-7")).isTrue();
        assertThat(rig.life(project, "ci-pr-7"))
                .containsExactly(
                        "created by github (ci)",
                        "extended by github (ci)",
                        "reset by github (ci)",
                        "deleted by github (ci)",
                        "created by github (ci)");
        assertThat(rig.events.of(OpsEvent.BranchDeleted.class)).hasSize(1);
        assertThat(rig.events.of(OpsEvent.BranchCreated.class)).hasSize(3);
    }

    @Test
    void aLostReplyIsNeitherAFailureNorAWrongEvent() {
        make("staging", "production", null);
        lose("POST */branches*");
        rig.done(only(opened(1, false)));
        assertThat(rig.there(project, "ci-pr-1")).isTrue();
        lose("PATCH */branches/ci-pr-1*");
        rig.done(only(opened(1, false)));
        lose("DELETE */branches/ci-pr-1*");
        rig.done(only(closed(1, false)));
        assertThat(rig.there(project, "ci-pr-1")).isFalse();
        assertThat(rig.events.of(OpsEvent.BranchDeleted.class)).hasSize(1);
    }

    private void lose(String pattern) {
        rig.server.fault(
                "{\"pattern\":\"%s\",\"after_handler\":true,\"drop\":true}".formatted(pattern));
    }

    @Test
    void aServerThatDiesBetweenRequestAndReplyLeavesNoWrongEvent() {
        make("staging", "production", null);
        make("ci-pr-2", "staging", Duration.ofHours(4));
        make("ci-pr-3", "staging", Duration.ofHours(4));
        var carriedOut = only(closed(2, false));
        var neverArrived = only(closed(3, false));
        dies("DELETE *", true);
        assertThat(rig.inVain(carriedOut, BRIEF).state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(rig.events.of(OpsEvent.BranchDeleted.class)).isEmpty();
        rig.server.call("DELETE", "/__local/faults", "");
        org.awaitility.Awaitility.await().until(() -> !rig.there(project, "ci-pr-2"));
        rig.ledger.settle();
        assertThat(rig.events.of(OpsEvent.BranchDeleted.class))
                .extracting(OpsEvent.BranchDeleted::branch)
                .containsExactly("ci-pr-2");
        dies("DELETE *", false);
        assertThat(rig.inVain(neverArrived, BRIEF).state()).isEqualTo(FiledPlan.State.FAILED);
        rig.server.call("DELETE", "/__local/faults", "");
        rig.ledger.settle();
        assertThat(rig.there(project, "ci-pr-3")).isTrue();
        assertThat(rig.events.of(OpsEvent.BranchDeleted.class)).hasSize(1);
    }

    /// From the first such call on nothing is answered; that call itself may still be carried out.
    private void dies(String first, boolean after) {
        rig.server.fault(
                "{\"pattern\":\"%s\",\"after_handler\":%s,\"drop\":true,\"times\":1}"
                        .formatted(first, after));
        rig.server.fault("{\"pattern\":\"%s\",\"drop\":true,\"times\":-1}".formatted(first));
        // The reads before the deletion pass: surroundings, as seen (twice), is it there.
        rig.server.fault(
                "{\"pattern\":\"GET */branches*\",\"drop\":true,\"times\":-1,\"offset\":5}");
    }

    @Test
    void whatTheServiceRefusesIsSaidClearly() {
        make("staging", "production", null);
        var plan = only(opened(4, false));
        once("POST */branches*", 403, "user may not create branches");
        var denied = rig.carryOut(plan);
        assertThat(denied.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(denied.reason()).contains("may not create branches", "rights");
        rig.server.fault("{\"pattern\":\"POST */branches*\",\"operation\":\"FAIL\"}");
        var failed = rig.carryOut(only(opened(4, false)));
        assertThat(failed.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(failed.reason()).contains("injected", "nothing was applied");
        assertThat(rig.there(project, "ci-pr-4")).isFalse();
        assertThat(rig.life(project, "ci-pr-4")).isEmpty();
        assertThat(rig.events.of(OpsEvent.BranchCreated.class)).isEmpty();
    }

    @Test
    void anOperationThatNeverFinishesIsNamedAndItsBranchReported() {
        make("staging", "production", null);
        rig.server.fault("{\"pattern\":\"POST */branches*\",\"operation\":\"HANG\"}");
        var hung = rig.inVain(only(opened(5, false)), BRIEF);
        assertThat(hung.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(hung.reason()).contains("operation", "did not finish", "safe");
        boolean there = rig.there(project, "ci-pr-5");
        assertThat(rig.life(project, "ci-pr-5").isEmpty()).isEqualTo(!there);
    }

    @Test
    void quotaTakenNameAndLostParentAreToldBeforeAndWhenTheyComeMeanwhile() {
        assertThat(ToolRig.refused(opened(6, false).outcome())).contains("no branch staging");
        make("staging", "production", null);
        var early = only(opened(6, false));
        make("ci-pr-6", "staging", Duration.ofHours(4));
        var taken = rig.carryOut(early);
        assertThat(taken.state()).isEqualTo(FiledPlan.State.SUPERSEDED);
        assertThat(taken.reason()).contains("ci-pr-6 exists now");
        var late = only(opened(60, false));
        rig.plane.deleteBranch(project, "ci-pr-6", BranchRig.soon());
        rig.plane.deleteBranch(project, "staging", BranchRig.soon());
        assertThat(rig.carryOut(late).reason()).contains("staging does not exist");
        rig.plane.undeleteBranch(project, "staging", BranchRig.soon());
        for (int i = 0; i < 8; i++) {
            rig.server.create(
                    "projects/" + project,
                    "feat-" + i,
                    io.lakebaseops.local.api.SdkFixture.expiring(Duration.ofDays(1)));
        }
        assertThat(ToolRig.refused(opened(6, false).outcome())).contains("10 of 10");
        var e =
                Assertions.catchThrowableOfType(
                        OpsException.class, () -> make("one-more", "staging", null));
        assertThat(e.why()).contains("limit of 10");
        assertThat(e.remedy()).contains("delete what is no longer needed");
    }

    private void once(String pattern, int status, String message) {
        rig.server.fault(
                "{\"pattern\":\"%s\",\"status_code\":%d,\"message\":\"%s\"}"
                        .formatted(pattern, status, message));
    }

    @Test
    void theNewestEventWinsInTheStateDatabaseToo() {
        var target = as(BranchRig.CI).target();
        var now = rig.server.clock().instant();
        var open = new PullRequests.PullRequest(9, "ci-pr-9", "r", true, false, now.plusSeconds(5));
        var closed = new PullRequests.PullRequest(9, "ci-pr-9", "r", false, true, now);
        assertThat(rig.pullRequests.heard(target, open, "ci")).isTrue();
        assertThat(rig.pullRequests.heard(target, closed, "ci")).isFalse();
        assertThat(rig.pullRequests.heard(target, open, "ci")).isTrue();
        assertThat(rig.pullRequests.all(target)).isEqualTo(List.of(open));
        assertThat(rig.pullRequests.open(target, now, Duration.ofDays(1))).hasSize(1);
    }
}
