package io.lakebaseops.agents.provisioning.branching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is proposed and refused for a given set of branches; the real control plane has its own
/// tests.
final class BranchToolsTest {
    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

    private final List<ControlPlane.Branch> branches = new ArrayList<>();
    private final ControlPlane plane = new Listed();

    private void branch(
            String id, @Nullable String source, @Nullable Instant expires, boolean isProtected) {
        branches.add(
                new ControlPlane.Branch(
                        "p",
                        id,
                        "uid-" + id,
                        "READY",
                        source == null,
                        isProtected,
                        source,
                        expires,
                        0,
                        DAY.plusSeconds(branches.size())));
    }

    private CreateBranch.Proposal<CreateBranch.Output> create(
            String name, String type, String source, @Nullable String ttl) {
        return create(name, type, source, ttl, null);
    }

    private CreateBranch.Proposal<CreateBranch.Output> create(
            String name, String type, String source, @Nullable String ttl, @Nullable String at) {
        return new CreateBranch(_ -> Optional.of(plane), BranchPolicy.standard())
                .propose(
                        new CreateBranch.Input(name, type, source, ttl, at, "why not"),
                        Contexts.project("p"));
    }

    @Test
    void proposesExactlyTheCallAndItsWayBack() {
        branch("production", null, null, true);
        var proposal = create("7", "ci", "production", null);
        var step = (Step.ApiStep) proposal.plans().getFirst().steps().getFirst();
        assertThat(step.act())
                .isEqualTo(new CreateBranchAct("p", "ci-pr-7", "production", 14_400L, false));
        var back = (Step.ApiStep) proposal.plans().getFirst().undo().steps().getFirst();
        assertThat(back.act()).isEqualTo(DeleteBranchAct.madeByThisPlan("p", "ci-pr-7"));
        assertThat(proposal.plans().getFirst().why()).contains("ada", "why not");
    }

    @Test
    void aMomentOfThePastIsPartOfTheCallAndOfWhatIsRead() {
        branch("production", null, null, true);
        var now = Contexts.project("p").clock().instant();
        var moment = now.minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);
        var proposal = create("x", "feat", "production", null, moment.toString());
        var plan = proposal.plans().getFirst();
        var step = (Step.ApiStep) plan.steps().getFirst();
        assertThat(((CreateBranchAct) step.act()).at()).isEqualTo(moment);
        assertThat(plan.title()).contains("as of " + moment);
        assertThat(ToolRig.found(proposal.outcome()).data().sourceTime()).isEqualTo(moment);
        var ago = create("y", "feat", "production", null, "15m ago").plans().getFirst();
        var made = (CreateBranchAct) ((Step.ApiStep) ago.steps().getFirst()).act();
        assertThat(made.at()).isBetween(now.minusSeconds(960), now.minusSeconds(840));
        assertThat(ToolRig.refused(create("x", "feat", "production", null, "8d").outcome()))
                .contains("before the 7 days of history");
        var ahead = now.plusSeconds(3600).toString();
        assertThat(ToolRig.refused(create("x", "feat", "production", null, ahead).outcome()))
                .contains("lies in the future");
        assertThatThrownBy(() -> create("x", "feat", "production", null, "yesterday"))
                .hasMessageContaining("neither a time nor a length of time");
    }

    @Test
    void refusesWhatThePlatformWouldRefuse() {
        branch("production", null, null, true);
        branch("feat-a", "production", DAY, false);
        assertThat(ToolRig.refused(create("x", "feat", "development", null).outcome()))
                .contains("no branch development");
        assertThat(ToolRig.refused(create("x", "feat", "feat-a", null).outcome()))
                .contains("cannot have children");
        assertThat(ToolRig.refused(create("x", "feat", "production", "31d").outcome()))
                .contains("30 days");
        assertThat(create("feat-a", "feat", "production", null).plans())
                .as("it is there already")
                .isEmpty();
        for (int i = branches.size(); i < 10; i++) {
            branch("feat-b" + i, "production", DAY, false);
        }
        assertThat(ToolRig.refused(create("x", "feat", "production", null).outcome()))
                .contains("10 of 10", "feat-a");
    }

    @Test
    void countsAndNamesTheLongestIdle() {
        branch("production", null, null, true);
        for (int i = 1; i < 9; i++) {
            branch("feat-" + i, "production", DAY, false);
        }
        var found =
                ToolRig.found(
                        new MonitorBranchCount(_ -> Optional.of(plane), BranchPolicy.standard())
                                .run(new MonitorBranchCount.Input(null), Contexts.project("p")));
        assertThat(found.data().level()).isEqualTo("critical");
        assertThat(found.findings().getFirst().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(found.data().candidates().getFirst().branch()).isEqualTo("feat-1");
        assertThat(found.data().candidates())
                .extracting(MonitorBranchCount.Idle::branch)
                .doesNotContain("production");
    }

    /// Lists what the test put in; nothing here is changed through it.
    private final class Listed extends ProposesOnly {
        @Override
        public String user() {
            return "ada";
        }

        @Override
        public List<Project> projects(Deadline deadline) {
            return List.of(new Project("p", "uid", "P", "production", Duration.ofDays(7), DAY));
        }

        @Override
        public Optional<Project> project(String project, Deadline deadline) {
            return projects(deadline).stream().filter(p -> p.id().equals(project)).findFirst();
        }

        @Override
        public List<Branch> branches(String project, Deadline deadline) {
            return branches;
        }

        @Override
        public Optional<Branch> branch(String project, String branch, Deadline deadline) {
            return branches.stream().filter(b -> b.id().equals(branch)).findFirst();
        }

        @Override
        public List<Endpoint> endpoints(String project, String branch, Deadline deadline) {
            return List.of();
        }
    }
}
