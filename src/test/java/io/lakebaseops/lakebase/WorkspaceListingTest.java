package io.lakebaseops.lakebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;

/// 50 servers with 500 branches each are known without asking the control plane per event.
final class WorkspaceListingTest {
    private static final TargetId TARGET = new TargetId("p", "project-7", "dev-3");

    private final CountedWorkspace workspace = new CountedWorkspace(50, 500);
    private final LakebaseConnectionProvider provider =
            new LakebaseConnectionProvider("p", workspace.plane, Clock.systemUTC());

    @Test
    void aThousandEventsAskNothing() {
        assertThat(provider.known(TestTargets.deadline())).hasSize(25_000);
        assertThat(provider.awake(TARGET, TestTargets.deadline())).isTrue();
        assertThat(workspace.calls).hasValue(1 + 50 + 1);
        workspace.later(Duration.ofSeconds(55));
        workspace.calls.set(0);
        for (int event = 0; event < 1000; event++) {
            assertThat(provider.known(TestTargets.deadline())).hasSize(25_000);
            assertThat(provider.awake(TARGET, TestTargets.deadline())).isTrue();
            assertThat(workspace.listed("project-7", "dev-3")).isPresent();
        }
        assertThat(workspace.calls).hasValue(0);
    }

    @Test
    void whatWasListedLastIsKnownWithoutAskingHoweverOldItIs() {
        var listing = workspace.plane.listing();
        assertThat(listing.lastListed("project-7", "dev-3")).isEmpty();
        assertThat(listing.lastComputes("project-7", "dev-3")).isEmpty();
        assertThat(workspace.calls).as("nothing is asked").hasValue(0);
        provider.known(TestTargets.deadline());
        provider.awake(TARGET, TestTargets.deadline());
        workspace.later(Duration.ofDays(1));
        workspace.calls.set(0);
        assertThat(listing.lastListed("project-7", "dev-3")).isPresent();
        assertThat(listing.lastListed("project-7", "gone")).isEmpty();
        assertThat(listing.lastComputes("project-7", "dev-3")).isNotEmpty();
        assertThat(workspace.calls).hasValue(0);
    }

    @Test
    void theListOfTargetsThatTheShellReadsAsksNothing() {
        try (var test = TestTargets.of(provider, TARGET)) {
            assertThat(test.targets().known()).hasSize(25_000);
            workspace.calls.set(0);
            for (int event = 0; event < 1000; event++) {
                test.targets().known();
            }
            assertThat(workspace.calls).hasValue(0);
        }
    }

    @Test
    void whatOthersMakeShowsWithinAMinuteAndOurOwnAtOnce() {
        provider.known(TestTargets.deadline());
        workspace.projects.get("project-1").add(CountedWorkspace.branch("project-1", "feat-a"));
        workspace.projects.get("project-2").add(CountedWorkspace.branch("project-2", "feat-b"));
        workspace.calls.set(0);
        workspace.plane.listing().changed("project-1");
        assertThat(provider.known(TestTargets.deadline()))
                .contains(new TargetId("p", "project-1", "feat-a"))
                .doesNotContain(new TargetId("p", "project-2", "feat-b"));
        assertThat(workspace.calls).hasValue(2);
        workspace.later(Duration.ofSeconds(61));
        assertThat(provider.known(TestTargets.deadline()))
                .contains(new TargetId("p", "project-2", "feat-b"));
    }

    @Test
    void aBranchThatIsNotListedYetIsLookedUp() {
        provider.known(TestTargets.deadline());
        workspace.projects.get("project-1").add(CountedWorkspace.branch("project-1", "feat-a"));
        assertThat(workspace.listed("project-1", "feat-a")).isPresent();
    }

    @Test
    void aProjectThatIsNotThereHasNoBranch() {
        assertThat(workspace.listed("no-such", "production")).isEmpty();
    }

    @Test
    void anAnswerThatWasUnderWayWhileWeChangedSomethingIsNotKept() {
        workspace.whileAsked = () -> workspace.plane.listing().changed("project-7");
        assertThat(workspace.listed("project-7", "dev-3")).isPresent();
        workspace.whileAsked = () -> {};
        workspace.calls.set(0);
        assertThat(workspace.listed("project-7", "dev-3")).isPresent();
        assertThat(workspace.listed("project-7", "dev-3")).isPresent();
        assertThat(workspace.calls).as("asked once more, then kept").hasValue(1);
    }

    @Test
    void aComputeThatMaySuspendIsBelievedAwakeForOneRoundOnly() {
        workspace.suspends = true;
        provider.awake(TARGET, TestTargets.deadline());
        provider.awake(TARGET, TestTargets.deadline());
        assertThat(workspace.calls).hasValue(1);
        workspace.later(Duration.ofSeconds(5));
        provider.awake(TARGET, TestTargets.deadline());
        assertThat(workspace.calls).hasValue(2);
    }

    @Test
    void aControlPlaneThatDoesNotAnswerIsNotAskedByEveryEvent() {
        workspace.reachable = false;
        for (int event = 0; event < 1000; event++) {
            assertThatThrownBy(() -> provider.known(TestTargets.deadline()))
                    .isInstanceOf(OpsException.class)
                    .hasMessageContaining("no route");
        }
        assertThat(workspace.calls).hasValue(1);
        workspace.reachable = true;
        workspace.later(Duration.ofSeconds(16));
        assertThat(provider.known(TestTargets.deadline())).hasSize(25_000);
    }

    @Test
    void aBranchNobodyKnowsIsNamedWithThoseThatAreKnown() {
        var small = new CountedWorkspace(1, 2);
        var door = new LakebaseConnectionProvider("p", small.plane, Clock.systemUTC());
        assertThatThrownBy(
                        () ->
                                door.entry(
                                        new TargetId("p", "project-0", "nosuch"),
                                        TestTargets.deadline()))
                .hasMessageContaining("there is no branch 'nosuch' in project-0")
                .hasMessageContaining("known: production, dev-1");
    }

    @Test
    void aNameNeverLeavesItsPlaceInThePath() {
        for (var name :
                new String[] {
                    "../branches/production",
                    "a/b",
                    "nosuch; drop table x",
                    "a?b",
                    "%2e%2e",
                    "..",
                    ""
                }) {
            assertThatThrownBy(() -> ResourceName.branch("shop", name))
                    .as(name)
                    .isInstanceOf(OpsException.class)
                    .hasMessageContaining("cannot be the name of a branch");
        }
        assertThat(ResourceName.endpoint("shop", "br-old-1a", "ep.x_1"))
                .isEqualTo("projects/shop/branches/br-old-1a/endpoints/ep.x_1");
    }
}
