package io.lakebaseops.lakebase.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Project;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What stored plans call the acts, and that an act takes away only what it means.
final class ControlPlaneActTest {
    private final List<String> sent = new ArrayList<>();

    /// A branch `dev-a` and a project `shop` of these uids, alive and (the branch) deleted as well.
    private final ControlPlane plane =
            (ControlPlane)
                    Proxy.newProxyInstance(
                            ControlPlane.class.getClassLoader(),
                            new Class<?>[] {ControlPlane.class},
                            (_, method, _) ->
                                    switch (method.getName()) {
                                        case "branch" -> Optional.of(branch());
                                        case "deletedBranches" -> List.of(branch());
                                        case "project" -> Optional.of(project());
                                        default -> {
                                            sent.add(method.getName());
                                            yield null;
                                        }
                                    });

    private static Branch branch() {
        return new Branch(
                "shop",
                "dev-a",
                "br-2",
                "READY",
                false,
                false,
                "production",
                null,
                0,
                Instant.EPOCH);
    }

    private static Project project() {
        return new Project("shop", "pr-2", "Shop", "production", Duration.ofDays(7), Instant.EPOCH);
    }

    private void run(ControlPlaneAct act) {
        Deadline deadline = TestTargets.deadline();
        act.run(plane, deadline, _ -> {});
    }

    @Test
    void storedPlansNameTheActsSo() {
        assertThat(
                        Stream.of(ControlPlaneAct.class.getPermittedSubclasses())
                                .map(ControlPlaneAct::kind))
                .contains(
                        "create_branch",
                        "delete_branch",
                        "undelete_branch",
                        "purge_branch",
                        "protect_branch",
                        "set_expiry",
                        "create_project",
                        "delete_project",
                        "tag_project",
                        "shape_endpoint",
                        "ensure_role",
                        "register_catalog",
                        "unregister_catalog",
                        "grant_on_catalog",
                        "revoke_on_catalog")
                .doesNotHaveDuplicates();
    }

    @Test
    void whatTakesAwayTakesOnlyWhatItMeans() {
        for (var act :
                List.of(
                        new DeleteBranchAct("shop", "dev-a", "br-1"),
                        new PurgeBranchAct("shop", "dev-a", "br-1"),
                        new DeleteProjectAct("shop", "pr-1"))) {
            assertThatThrownBy(() -> run(act))
                    .as(act.inWords())
                    .hasMessageContaining("another has this name now");
        }
        assertThat(sent).isEmpty();
        run(new DeleteBranchAct("shop", "dev-a", "br-2"));
        run(new PurgeBranchAct("shop", "dev-a", "br-2"));
        run(new DeleteProjectAct("shop", "pr-2"));
        assertThat(sent).containsExactly("deleteBranch", "purgeBranch", "deleteProject");
    }

    @Test
    void anActOfAnEarlierVersionIsReadAndNotRun() {
        var stored =
                ("{'kind':'api','title':'Delete','reversibility':'IRREVERSIBLE',"
                                + "'act':{'kind':'%s','project':'shop'%s}}")
                        .replace('\'', '"');
        for (var act :
                List.of(
                        stored.formatted("delete_branch", ",\"branch\":\"dev-a\""),
                        stored.formatted("purge_branch", ",\"branch\":\"dev-a\""),
                        stored.formatted("delete_project", ""))) {
            var step = (Step.ApiStep) StateJson.read(act, Step.class);
            assertThat(step.reversibility()).isEqualTo(Reversibility.IRREVERSIBLE);
            assertThatThrownBy(() -> run(ControlPlaneAct.of(step.act())))
                    .hasMessageContaining("by its name only")
                    .hasMessageContaining("plan it again");
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void theUndoGetsTheUidOfWhatThePlanMadeAndOfNothingElse() {
        var undo = DeleteBranchAct.madeByThisPlan("shop", "dev-a");
        assertThat(undo.on(new CreatedResource("shop", "dev-a", "br-2", null, false)).uid())
                .isEqualTo("br-2");
        assertThat(undo.on(new CreatedResource("shop", "dev-b", "br-3", null, false)).uid())
                .isNull();
        assertThat(undo.on(new CreatedResource("shop", null, "pr-2", null, false)).uid()).isNull();
        assertThat(
                        DeleteProjectAct.madeByThisPlan("shop")
                                .on(new CreatedResource("shop", null, "pr-2", null, false))
                                .uid())
                .isEqualTo("pr-2");
    }
}
