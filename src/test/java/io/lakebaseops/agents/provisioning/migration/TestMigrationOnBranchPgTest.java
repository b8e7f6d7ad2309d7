package io.lakebaseops.agents.provisioning.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.service.postgres.ListRolesRequest;
import com.databricks.sdk.service.postgres.Role;
import com.databricks.sdk.service.postgres.RoleAttributes;
import com.databricks.sdk.service.postgres.RoleRoleSpec;
import com.databricks.sdk.service.postgres.UpdateRoleRequest;
import com.google.protobuf.FieldMask;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.branching.CreateBranchOnPr;
import io.lakebaseops.agents.provisioning.branching.StoredPullRequests;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.Stage;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages.State;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.state.Settings;
import io.lakebaseops.trial.TrialRig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestMigrationOnBranchPgTest {
    private TrialRig rig;
    private TestMigrationOnBranch tool;

    @BeforeAll
    void start(@TempDir Path dir) {
        rig = new TrialRig(dir);
        tool =
                new TestMigrationOnBranch(
                        rig.targets,
                        rig.sql,
                        rig.trial(),
                        new MigrationTestBoard(Clock.systemUTC()));
        rig.run(
                "production",
                "create extension if not exists pg_stat_statements",
                "create table orders (id int primary key, customer int, note text)",
                "insert into orders select g, g % 5000, 'n' from generate_series(1, 30000) g",
                "create index orders_customer on orders (customer)",
                "vacuum analyze",
                "select pg_stat_statements_reset()",
                "select count(*) from orders where customer = 1",
                // Twenty looks each time: without the index far slower than any noise.
                "select (select count(*) from orders o where o.customer = f.customer)"
                        + " from orders f limit 20");
        rig.lakebase.branch("projects/shop", "staging", SdkFixture.lasting());
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    private TestMigrationOnBranch.Output test(int pr, List<String> checks, String sql)
            throws IOException {
        var dir = Files.createTempDirectory("migrations");
        Files.writeString(dir.resolve("V1__it.sql"), sql);
        return ToolRig.found(
                        tool.run(
                                new TestMigrationOnBranch.Input(
                                        pr,
                                        List.of(dir.toString()),
                                        "staging",
                                        "production",
                                        checks,
                                        Duration.ofSeconds(60),
                                        10),
                                GateRig.context(rig.production)))
                .data();
    }

    @Test
    void aGoodMigrationPassesAllStepsAndWaitsForItsMerge() throws IOException {
        var output =
                test(
                        7,
                        List.of("select 1 from orders where id < 0"),
                        "alter table orders add column paid boolean;");
        assertThat(output.steps())
                .extracting(Stage::number)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(output.steps())
                .as(output.steps().toString())
                .extracting(Stage::state)
                .containsExactly(
                        State.DONE,
                        State.PROVIDED,
                        State.DONE,
                        State.DONE,
                        State.DONE,
                        State.DONE,
                        State.DONE,
                        State.WAITS,
                        State.DONE);
        assertThat(output.passed()).isTrue();
        assertThat(output.steps().get(4).output()).contains("paid");
        assertThat(output.locks())
                .anySatisfy(
                        l -> {
                            assertThat(l.xray().on()).isEqualTo("public.orders");
                            assertThat(l.wouldQueue()).isNotNull();
                        });
        assertThat(output.queries()).isNotEmpty();
        assertThat(rig.exists("ci-pr-7")).isFalse();
        assertThat(output.steps().get(2).output()).isEqualTo("ci-pr-7, a copy of staging");
    }

    @Test
    void theBranchOfAnOpenPullRequestIsMadeAnewUsedAndLeftToIt() throws IOException {
        rig.gate.carryOut(opened(11));
        var before = rig.plane.branch("shop", "ci-pr-11", TrialRig.soon()).orElseThrow();
        assertThat(before.source()).isEqualTo("staging");
        rig.run("ci-pr-11", "create table left_over (id int)", "drop table orders");

        for (int round = 0; round < 2; round++) {
            var output = test(11, List.of(), "alter table orders add column paid boolean;");
            assertThat(output.passed()).as(output.steps().toString()).isTrue();
            assertThat(output.steps().get(2).output())
                    .isEqualTo("ci-pr-11 was there: made anew from staging");
            assertThat(output.steps().get(8).output()).contains("stays until");
        }
        var after = rig.plane.branch("shop", "ci-pr-11", TrialRig.soon()).orElseThrow();
        assertThat(after.uid()).isNotEqualTo(before.uid());
        assertThat(Duration.between(before.expiresAt(), after.expiresAt()).abs())
                .isLessThan(Duration.ofMinutes(15));
        // It is the pull request's: the next start does not take it for a leftover.
        assertThat(rig.trial().sweep(Actor.human("ada"), TrialRig.soon())).isEmpty();
        assertThat(rig.exists("ci-pr-11")).isTrue();
    }

    @Test
    void aBranchOfThatNameThatIsNoneToThrowAwayIsLeftAlone() throws IOException {
        rig.lakebase.branch("projects/shop", "ci-pr-12", SdkFixture.lasting());
        var output = test(12, List.of(), "alter table orders add column paid boolean;");
        assertThat(output.passed()).isFalse();
        assertThat(output.steps().get(2).output()).contains("made to stay", "another name");
        assertThat(rig.exists("ci-pr-12")).isTrue();
    }

    private ChangePlan opened(int pr) {
        var tool =
                new CreateBranchOnPr(
                        _ -> Optional.of(rig.plane),
                        BranchPolicy.standard(),
                        new StoredPullRequests(new Settings(rig.gate.state)));
        return tool.propose(
                        new CreateBranchOnPr.Input(pr, null, false, null),
                        GateRig.context(rig.production))
                .plans()
                .getFirst();
    }

    @Test
    void aMigrationThatMakesQueriesSlowerOrBreaksARuleFailsTheChecks() throws IOException {
        var output = withoutIndex();
        // What else the machine does may hide the difference from a careful judge.
        for (int i = 0; i < 4 && !output.steps().get(5).output().contains("SLOWER"); i++) {
            output = withoutIndex();
        }
        assertThat(output.passed()).isFalse();
        var checks = output.steps().get(5);
        assertThat(checks.state()).as(output.steps().toString()).isEqualTo(State.FAILED);
        assertThat(checks.output()).contains("SLOWER", "3 rows of");
        assertThat(output.steps().get(6).state()).isEqualTo(State.NOT_RUN);
        assertThat(output.steps().get(8).state()).isEqualTo(State.DONE);
        assertThat(rig.exists("ci-pr-8")).isFalse();
    }

    private TestMigrationOnBranch.Output withoutIndex() throws IOException {
        return test(
                8,
                List.of("select 1 from orders where note is not null limit 3"),
                "drop index orders_customer;");
    }

    /// The copy's login passes over policies that bind the one which will really migrate.
    @Test
    void aCopyWhosePoliciesDoNotBindSaysThatItProvesLess() throws IOException {
        var sql =
                "create table secret (i int);"
                        + " alter table secret enable row level security, force row level security;"
                        + " update secret set i = 1 where i = 2;";
        var same = test(14, List.of(), sql);
        assertThat(same.passed()).as(same.steps().toString()).isTrue();
        assertThat(same.steps().get(3).output()).doesNotContain("policies");

        bypassPolicies(false);
        try {
            var other = test(15, List.of(), sql);
            assertThat(other.hazards()).anyMatch(h -> h.rule().equals("ROW_SECURITY"));
            assertThat(other.steps().get(3).output())
                    .contains("passes over policies", "the one of production does not");
        } finally {
            bypassPolicies(true);
        }
    }

    private void bypassPolicies(boolean on) {
        var branch = "projects/shop/branches/production";
        for (var role :
                rig.lakebase.postgres().listRoles(new ListRolesRequest().setParent(branch))) {
            var spec = new RoleRoleSpec().setAttributes(new RoleAttributes().setBypassrls(on));
            rig.lakebase.done(
                    rig.lakebase
                            .postgres()
                            .updateRole(
                                    new UpdateRoleRequest()
                                            .setName(role.getName())
                                            .setRole(new Role().setSpec(spec))
                                            .setUpdateMask(
                                                    FieldMask.newBuilder()
                                                            .addPaths("spec.attributes.bypassrls")
                                                            .build()))
                            .getName());
        }
    }

    @Test
    void aFailingStatementStopsTheRestButNotTheCleanup() throws IOException {
        var output = test(9, List.of(), "create table a (); select 1 / 0;");
        assertThat(output.steps())
                .extracting(Stage::state)
                .containsExactly(
                        State.DONE,
                        State.PROVIDED,
                        State.DONE,
                        State.FAILED,
                        State.NOT_RUN,
                        State.NOT_RUN,
                        State.NOT_RUN,
                        State.NOT_RUN,
                        State.DONE);
        assertThat(output.steps().get(3).output()).contains("division by zero");
        assertThat(rig.exists("ci-pr-9")).isFalse();
    }

    @Test
    void theSameNumberIsTriedAgainThoughItsDeletedBranchStillHoldsTheName() throws IOException {
        for (int round = 0; round < 2; round++) {
            var output = test(13, List.of(), "alter table orders add column again boolean;");
            assertThat(output.passed()).as(output.steps().toString()).isTrue();
            assertThat(rig.exists("ci-pr-13")).isFalse();
        }
    }
}
