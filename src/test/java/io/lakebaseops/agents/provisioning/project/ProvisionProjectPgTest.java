package io.lakebaseops.agents.provisioning.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.ChangeTool.Proposal;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.testing.Undoing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Projects and their trees on Local Lakebase; a process that dies meanwhile is the affair of
/// `KilledProvisioningPgTest`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvisionProjectPgTest {
    private static final Map<String, String> PIPELINE =
            Map.of(
                    "production", "from null, protected",
                    "staging", "from production",
                    "development", "from staging");

    private BranchRig rig;

    @BeforeAll
    void start(@TempDir Path dir) {
        rig = new BranchRig(dir);
    }

    @AfterEach
    void clear() {
        alive();
        for (var p : rig.plane.projects(BranchRig.soon())) {
            delete(p.id());
        }
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    private void alive() {
        rig.server.call("DELETE", "/__local/faults", "");
    }

    private void delete(String project) {
        for (var b : rig.plane.branches(project, BranchRig.soon())) {
            if (b.isProtected()) {
                rig.plane.protectBranch(project, b.id(), false, BranchRig.soon());
            }
        }
        rig.plane.deleteProject(project, BranchRig.soon());
    }

    private Proposal<ProvisionLakebaseProject.Output> provision(
            String domain, TreePattern pattern, List<String> people) {
        boolean developers = pattern == TreePattern.PER_DEVELOPER;
        return new ProvisionLakebaseProject(
                        rig.planes, rig.policy, rig.test.targets(), rig.test.sql())
                .propose(
                        new ProvisionLakebaseProject.Input(
                                null,
                                domain,
                                "production",
                                pattern,
                                Map.of("team", "shop"),
                                developers ? List.of() : people,
                                developers ? people : List.of(),
                                0.5,
                                1,
                                null),
                        rig.on("none", BranchRig.PERSON));
    }

    private void built(
            String domain, TreePattern pattern, List<String> people, Map<String, String> tree) {
        var first = provision(domain, pattern, people);
        ToolRig.found(first.outcome());
        assertThat(first.plans()).hasSize(1);
        var filed = rig.done(first.plans().getFirst());
        assertThat(filed.risk().level()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(rig.tree(domain + "-prod")).isEqualTo(tree);
        var again = provision(domain, pattern, people);
        assertThat(ToolRig.found(again.outcome()).caveats())
                .containsExactly(domain + "-prod: nothing is missing; nothing changes");
        assertThat(again.plans()).isEmpty();
    }

    @Test
    void simpleAndPipelineAndCi() {
        rig.events.published.clear();
        built(
                "simple",
                TreePattern.SIMPLE_DEV_PROD,
                List.of(),
                Map.of("production", "from null, protected", "development", "from production"));
        built("pipe", TreePattern.MULTI_ENV_PIPELINE, List.of(), PIPELINE);
        built(
                "ci",
                TreePattern.CI_EPHEMERAL,
                List.of(),
                Map.of("production", "from null, protected", "staging", "from production"));
        assertThat(rig.events.of(OpsEvent.ProvisioningComplete.class))
                .extracting(OpsEvent.ProvisioningComplete::project)
                .containsExactly("simple-prod", "pipe-prod", "ci-prod");
        var endpoint = rig.plane.endpoints("pipe-prod", "production", BranchRig.soon()).getFirst();
        assertThat(endpoint.maxCu()).isEqualTo(1);
        assertThat(endpoint.suspendAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(rig.plane.tags("pipe-prod", BranchRig.soon()))
                .containsEntry("team", "shop")
                .containsEntry("managed_by", "lakebaseops");
        assertThat(rig.life("pipe-prod", "staging")).containsExactly("created by kim (human)");
    }

    @Test
    void developersAndTenants() {
        built(
                "devs",
                TreePattern.PER_DEVELOPER,
                List.of("Ada", "Jörg"),
                Map.of(
                        "production", "from null, protected",
                        "development", "from production",
                        "dev-ada", "from development, expires",
                        "dev-jorg", "from development, expires"));
        built("one", TreePattern.TENANT_PER_SCHEMA, List.of("Acme", "B & Co"), PIPELINE);
        var staging = new TargetId("local", "one-prod", "staging");
        try (var s = rig.test.targets().read(staging, BranchRig.soon())) {
            assertThat(s.query(ProjectSql.SCHEMAS, Map.of()).list())
                    .extracting(r -> r.get("schema_name"))
                    .contains("tenant_acme", "tenant_b_co");
        }
        var each = provision("many", TreePattern.TENANT_PER_PROJECT, List.of("Acme", "Beta"));
        assertThat(each.plans()).hasSize(2);
        each.plans().forEach(rig::done);
        assertThat(rig.tree("many-acme-prod"))
                .isEqualTo(rig.tree("many-beta-prod"))
                .containsKeys("production", "staging");
        assertThat(
                        provision("many", TreePattern.TENANT_PER_PROJECT, List.of("Acme", "Beta"))
                                .plans())
                .isEmpty();
        assertThat(
                        ToolRig.refused(
                                provision("x", TreePattern.TENANT_PER_SCHEMA, List.of()).outcome()))
                .contains("tenants");
    }

    @Test
    void whatIsThereIsAdoptedAndOnlyTheRestIsDone() {
        rig.server.project("old-prod");
        var plan = provision("old", TreePattern.MULTI_ENV_PIPELINE, List.of());
        assertThat(ToolRig.found(plan.outcome()).data().projects().getFirst().missing())
                .containsExactly(
                        "Tag the project",
                        "Protect production",
                        "Create branch staging from production",
                        "Create branch development from staging");
        var filed = rig.done(plan.plans().getFirst());
        assertThat(rig.tree("old-prod")).isEqualTo(PIPELINE);
        Undoing.of(rig.desk, filed.id(), BranchRig.PERSON, "not wanted");
        assertThat(rig.tree("old-prod")).isEqualTo(Map.of("production", "from null"));
        assertThat(rig.plane.tags("old-prod", BranchRig.soon())).isEmpty();
    }

    @Test
    void aHalfMadeProjectIsReportedAndUndoneOrFinished() {
        rig.server.fault(
                "{\"pattern\":\"POST */branches*\",\"operation\":\"FAIL\",\"offset\":1,\"times\":1}");
        var broken =
                rig.carryOut(
                        provision("half", TreePattern.MULTI_ENV_PIPELINE, List.of())
                                .plans()
                                .getFirst());
        assertThat(broken.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(broken.reason()).contains("development", "applied before: Create project");
        assertThat(rig.life("half-prod", "staging")).containsExactly("created by kim (human)");
        Undoing.of(rig.desk, broken.id(), BranchRig.PERSON, "start over");
        assertThat(rig.plane.project("half-prod", BranchRig.soon())).isEmpty();
    }
}
