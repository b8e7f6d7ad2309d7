package io.lakebaseops.agents.provisioning.branching;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakebase.ControlPlane.NewBranch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Branches that the service itself deletes at their end, which it tells nobody.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformExpiryPgTest {
    private static final TargetId SHOP = new TargetId("local", "shop", "production");
    private static final String GONE = "expired by platform (platform)";

    private BranchRig rig;

    @BeforeAll
    void start(@TempDir Path dir) {
        rig = new BranchRig(dir);
        rig.server.project("shop");
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @BeforeEach
    void quiet() {
        rig.events.published.clear();
    }

    /// As a console does that was started just now.
    private List<String> look() {
        return new PlatformExpiry(rig.lake, rig.events, rig.server.clock(), rig.planes).look(SHOP);
    }

    private void make(String id) {
        rig.plane.createBranch(
                new NewBranch("shop", id, "production", Duration.ofHours(1), false),
                BranchRig.soon(),
                _ -> {});
    }

    private void anHourAndMoreLater(String... gone) {
        rig.server.clock().advance(Duration.ofMinutes(70));
        for (var branch : gone) {
            Awaitility.await().until(() -> !rig.there("shop", branch));
        }
        rig.server.clock().advance(Duration.ofMinutes(2));
    }

    @Test
    void anExpiredBranchGetsItsRowAndItsEventOnceAlsoAfterARestart() {
        make("feat-a");
        assertThat(look()).isEmpty();
        anHourAndMoreLater("feat-a");
        assertThat(look()).containsExactly("feat-a");
        assertThat(look()).isEmpty();
        assertThat(rig.life("shop", "feat-a")).containsExactly(GONE);
        assertThat(rig.events.of(OpsEvent.BranchDeleted.class))
                .singleElement()
                .satisfies(e -> assertThat(e.branch()).isEqualTo("feat-a"));
    }

    @Test
    void oneThatAPersonDeletedBeforeIsNotThePlatforms() {
        make("feat-b");
        rig.plane.deleteBranch("shop", "feat-b", BranchRig.soon());
        anHourAndMoreLater();
        assertThat(look()).isEmpty();
    }

    @Test
    void oneOfWhichTheServiceKeepsNothingIsKnownByTheLifeWeGaveIt() {
        rig.done(create("feat-c"));
        anHourAndMoreLater("feat-c");
        rig.plane.purgeBranch("shop", "feat-c", BranchRig.soon());
        assertThat(look()).containsExactly("feat-c");
        assertThat(look()).isEmpty();
        assertThat(rig.life("shop", "feat-c")).containsExactly("created by kim (human)", GONE);
    }

    @Test
    void aNameHeldByADeletedBranchIsFreedAndItsNextEndIsToldToo() {
        rig.done(create("feat-d"));
        anHourAndMoreLater("feat-d");
        assertThat(look()).containsExactly("feat-d");
        var again = create("feat-d");
        assertThat(again.steps())
                .extracting(s -> ((Step.ApiStep) s).act().getClass().getSimpleName())
                .containsExactly("PurgeBranchAct", "CreateBranchAct");
        rig.done(again);
        assertThat(rig.there("shop", "feat-d")).isTrue();
        anHourAndMoreLater("feat-d");
        assertThat(look()).containsExactly("feat-d");
        assertThat(rig.life("shop", "feat-d"))
                .containsExactly("created by kim (human)", GONE, "created by kim (human)", GONE);
    }

    private io.lakebaseops.domain.plan.ChangePlan create(String name) {
        var proposal =
                new CreateBranch(rig.planes, rig.policy)
                        .propose(
                                new CreateBranch.Input(
                                        name, "feat", "production", "1h", null, null),
                                rig.on("shop", BranchRig.PERSON));
        ToolRig.found(proposal.outcome());
        return proposal.plans().getFirst();
    }
}
