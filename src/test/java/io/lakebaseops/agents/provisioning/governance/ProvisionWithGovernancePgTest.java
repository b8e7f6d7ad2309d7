package io.lakebaseops.agents.provisioning.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.agents.provisioning.migration.FinishedStatements;
import io.lakebaseops.agents.provisioning.project.ProvisionLakebaseProject;
import io.lakebaseops.agents.provisioning.project.TreePattern;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ChangeTool.Proposal;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.local.api.UnityRig;
import io.lakebaseops.testing.Undoing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The whole chain on Local Lakebase through the real desk, also when the process dies after every
/// single step. What dies inside a step is told by the tests of its own tool.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvisionWithGovernancePgTest {
    private static final List<String> TENANTS = List.of("acme", "Glob'ex");
    private static final Map<String, String> TREE =
            Map.of("production", "from null, protected", "development", "from production");
    private static final List<String> ALL =
            List.of("shop.orders", "shop.\"Order Items\"", "shop.events");

    /// No rights written down and the default ones written down are the same; the server keeps the
    /// difference once somebody was granted something.
    private static final String RIGHTS =
            ConfigureRlsPgTest.CATALOG
                    .replace("c.relacl", "coalesce(c.relacl, acldefault('r', c.relowner))")
                    .replace("nspacl", "coalesce(nspacl, acldefault('n', nspowner))");

    @TempDir Path files;
    private BranchRig rig;
    private UnityRig unity;

    @BeforeAll
    void start(@TempDir Path dir) {
        rig = new BranchRig(dir);
        unity = new UnityRig(rig.server);
        unity.accountGroup("shop-readers");
        unity.accountGroup("shop-stewards");
    }

    @AfterEach
    void clear() {
        alive();
        for (var p : rig.plane.projects(BranchRig.soon())) {
            var catalog = CatalogName.ofProject(p.id());
            if (rig.plane.unity().registration(catalog, BranchRig.soon()).isPresent()) {
                rig.server.done(
                        rig.server.postgres().deleteCatalog("catalogs/" + catalog).getName());
            }
            rig.plane.protectBranch(p.id(), "production", false, BranchRig.soon());
            rig.plane.deleteProject(p.id(), BranchRig.soon());
        }
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    private void alive() {
        rig.server.call("DELETE", "/__local/faults", "");
    }

    private List<String> migrations() throws IOException {
        Files.writeString(
                files.resolve("V1__shop.sql"),
                """
                create schema shop;
                create table shop.orders (id bigserial primary key, tenant_id text not null);
                create index on shop.orders (tenant_id);
                insert into shop.orders (tenant_id) values ('acme'), ('acme'), ('Glob''ex');
                """);
        Files.writeString(
                files.resolve("V2__items.sql"),
                """
                create table shop."Order Items" (id int, tenant_id varchar(20) not null);
                insert into shop."Order Items" values (1, 'acme'), (2, 'Glob''ex');
                create table shop.events (id int, tenant_id text not null) partition by range (id);
                create table shop."events 1" partition of shop.events for values from (0) to (9);
                insert into shop.events values (1, 'acme'), (2, 'Glob''ex');
                """);
        return List.of(files.toString());
    }

    private ProvisionWithGovernance tool() {
        return new ProvisionWithGovernance(
                new ProvisionLakebaseProject(
                        rig.planes, rig.policy, rig.test.targets(), rig.test.sql()),
                rig.planes,
                rig.test.targets(),
                rig.test.sql(),
                (_, _) -> FinishedStatements.NONE);
    }

    private static ProvisionWithGovernance.Input input(
            String domain,
            TreePattern pattern,
            @Nullable List<String> migrations,
            @Nullable List<String> tables) {
        return new ProvisionWithGovernance.Input(
                null,
                domain,
                "production",
                pattern,
                Map.of(),
                null,
                0.5,
                1,
                null,
                migrations,
                tables == null && !pattern.needsTenants() ? null : TENANTS,
                "shop",
                tables,
                "tenant_id",
                ConfigureRls.Mode.ROLE_MAPPING,
                "tables owner",
                null,
                List.of("shop-readers"),
                List.of("shop-stewards"));
    }

    private Proposal<ProvisionWithGovernance.Output> propose(ProvisionWithGovernance.Input input) {
        return tool().propose(input, rig.on("none", BranchRig.PERSON));
    }

    private ProvisionWithGovernance.Input whole(String domain) throws IOException {
        return whole(domain, List.of("orders", "Order Items", "events"));
    }

    private ProvisionWithGovernance.Input whole(String domain, List<String> tables)
            throws IOException {
        return input(domain, TreePattern.SIMPLE_DEV_PROD, migrations(), tables);
    }

    private Connection connect(String project, String branch) throws SQLException {
        var endpoint = "projects/%s/branches/%s/endpoints/primary".formatted(project, branch);
        return rig.server.connect(endpoint, rig.server.token(endpoint));
    }

    private static List<String> query(Connection c, String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (Statement s = c.createStatement()) {
            if (s.execute(sql)) {
                var rows = s.getResultSet();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    /// Everything that was asked for, seen by its effect.
    private void governed(String project, String catalog, List<String> tables) throws SQLException {
        assertThat(rig.tree(project)).isEqualTo(TREE);
        var registration = rig.plane.unity().registration(catalog, BranchRig.soon()).orElseThrow();
        assertThat(registration.project()).isEqualTo(project);
        assertThat(unity.grants(catalog)).containsOnlyKeys("shop-readers", "shop-stewards");
        for (var branch : List.of("production", "development")) {
            try (var c = connect(project, branch)) {
                assertThat(query(c, "select version from public.flyway_schema_history order by 1"))
                        .containsExactly("1", "2");
                for (var table : tables) {
                    var see = "select distinct tenant_id from " + table;
                    query(c, "set role tenant_acme");
                    assertThat(query(c, see)).as(branch).containsExactly("acme");
                    query(c, "set app.tenant = 'Glob''ex'");
                    assertThat(query(c, see)).as(branch).containsExactly("acme");
                    query(c, "set role tenant_glob_ex");
                    assertThat(query(c, see)).as(branch).containsExactly("Glob'ex");
                    query(c, "set role \"tables owner\"");
                    assertThat(query(c, see)).as(branch).isEmpty();
                    query(c, "reset role");
                }
            }
        }
    }

    @Test
    void onePlanWithOneApprovalMakesItAllAndASecondRunNothing() throws Exception {
        rig.events.published.clear();
        var first = propose(whole("whole"));
        var project = ToolRig.found(first.outcome()).data().projects().getFirst();
        assertThat(project.roles())
                .containsEntry("acme", "tenant_acme")
                .containsEntry("Glob'ex", "tenant_glob_ex");
        assertThat(project.missing())
                .containsExactly(
                        "Create project whole-prod",
                        "Make the table of applied migrations",
                        "Apply V1__shop.sql",
                        "Apply V2__items.sql",
                        "Make role tables owner",
                        "Make role tenant_acme",
                        "Make role tenant_glob_ex",
                        "Isolate 2 tenants in orders, Order Items, events of shop",
                        "Create branch development from production",
                        "Register databricks_postgres as catalog prod_whole",
                        "Grant SELECT, USE_CATALOG, USE_SCHEMA on prod_whole to shop-readers",
                        "Grant APPLY_TAG, MANAGE, SELECT, USE_CATALOG, USE_SCHEMA on prod_whole to"
                                + " shop-stewards");
        assertThat(first.plans()).hasSize(1);
        var filed = rig.done(first.plans().getFirst());
        assertThat(filed.risk().level()).isEqualTo(RiskLevel.HIGH);
        assertThat(filed.verification())
                .as(String.valueOf(filed.verification()))
                .isInstanceOf(Verification.Confirmed.class);
        governed("whole-prod", "prod_whole", ALL);
        assertThat(rig.events.of(OpsEvent.ProvisioningComplete.class)).hasSize(1);
        var again = propose(whole("whole"));
        assertThat(again.plans()).isEmpty();
        assertThat(ToolRig.found(again.outcome()).caveats())
                .contains("whole-prod: nothing is missing; nothing changes");
        Undoing.of(rig.desk, filed.id(), BranchRig.PERSON, "not wanted");
        var undone = rig.desk.find(filed.id()).orElseThrow();
        assertThat(undone.state()).as(undone.reason()).isEqualTo(FiledPlan.State.UNDONE);
        assertThat(undone.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(rig.plane.project("whole-prod", BranchRig.soon())).isEmpty();
        assertThat(rig.plane.unity().registration("prod_whole", BranchRig.soon())).isEmpty();
    }

    /// Each process does one step of what it finds missing and dies; the next looks anew.
    @Test
    void deadAfterEverySingleStepItConverges() throws Exception {
        var done = new ArrayList<String>();
        for (int deaths = 0; deaths < 40; deaths++) {
            var plans = propose(one()).plans();
            if (plans.isEmpty()) {
                break;
            }
            var plan = plans.getFirst();
            var next = plan.steps().getFirst().title();
            if (next.startsWith("Apply V2") && !done.contains("broken")) {
                done.add("broken");
                aBrokenFileStopsThePlan();
                continue;
            }
            done.add(next);
            rig.done(cut(plan));
        }
        assertThat(done).doesNotHaveDuplicates().hasSizeGreaterThan(25);
        governed("steps-prod", "prod_steps", List.of("shop.\"Order Items\""));
    }

    private ProvisionWithGovernance.Input one() throws IOException {
        return whole("steps", List.of("Order Items"));
    }

    private void aBrokenFileStopsThePlan() throws Exception {
        var wanted = one();
        Files.writeString(files.resolve("V2__items.sql"), "create table shop.items (id nonsense)");
        var broken = rig.carryOut(propose(wanted).plans().getFirst());
        assertThat(broken.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(broken.reason()).contains("Apply V2__items.sql", "nonsense");
    }

    /// The plan's first step alone; what it promised as a whole is not measured.
    private static ChangePlan cut(ChangePlan p) {
        return new ChangePlan(
                p.target(),
                p.tool(),
                p.proposedBy(),
                p.verb(),
                p.title(),
                p.subject(),
                p.why(),
                p.steps().subList(0, 1),
                p.undo(),
                p.effect(),
                p.preconditions(),
                List.of(),
                p.evidence(),
                null,
                null,
                p.createdAt(),
                p.expiresAt());
    }

    @Test
    void aFailedNewProjectIsToldAndCanBeTakenBack() throws Exception {
        var wanted = input("lost", TreePattern.SIMPLE_DEV_PROD, migrations(), List.of("nowhere"));
        var broken = rig.carryOut(propose(wanted).plans().getFirst());
        assertThat(broken.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(broken.reason())
                .contains(
                        "Isolate 2 tenants in nowhere of shop",
                        "there is no table shop.nowhere",
                        "nothing of this script stays",
                        "applied before: Create project lost-prod, Make the table");
        Undoing.of(rig.desk, broken.id(), BranchRig.PERSON, "start over");
        assertThat(rig.plane.project("lost-prod", BranchRig.soon())).isEmpty();
    }

    @Test
    void whatIsThereIsAdoptedExactlyAndGivenBackExactly() throws Exception {
        rig.server.project("old-prod");
        try (var c = connect("old-prod", "production")) {
            query(c, "create schema shop");
            query(c, "create table shop.orders (id int, tenant_id text not null)");
            query(c, "create table shop.parts (id int, tenant_id bigint) partition by range (id)");
            query(c, "create table shop.p1 partition of shop.parts for values from (0) to (9)");
            query(c, "create role tenant_7 nologin");
            query(c, "grant select on shop.orders to tenant_7");
            var before = query(c, RIGHTS);
            var wanted =
                    new ProvisionWithGovernance.Input(
                            null,
                            "old",
                            "production",
                            TreePattern.SIMPLE_DEV_PROD,
                            Map.of(),
                            null,
                            0.5,
                            1,
                            null,
                            null,
                            List.of("7", "8"),
                            "shop",
                            List.of("orders", "parts"),
                            "tenant_id",
                            ConfigureRls.Mode.ROLE_MAPPING,
                            "shop_owner",
                            null,
                            List.of(),
                            List.of());
            var proposal = propose(wanted);
            var plan = proposal.plans().getFirst();
            assertThat(plan.steps())
                    .extracting(Step::title)
                    .contains(
                            "Make role tenant_8",
                            "Grant delete, insert, update on table" + " shop.orders to tenant_7")
                    .doesNotContain("Make role tenant_7");
            var filed = rig.done(plan);
            assertThat(filed.risk().level()).isEqualTo(RiskLevel.HIGH);
            assertThat(filed.verification())
                    .as(String.valueOf(filed.verification()))
                    .isInstanceOf(Verification.Confirmed.class);
            assertThat(propose(wanted).plans()).isEmpty();
            Undoing.of(rig.desk, filed.id(), BranchRig.PERSON, "not wanted");
            var undone = rig.desk.find(filed.id()).orElseThrow();
            assertThat(undone.state()).as(undone.reason()).isEqualTo(FiledPlan.State.UNDONE);
            assertThat(query(c, RIGHTS)).isEqualTo(before);
        }
        assertThat(rig.tree("old-prod")).isEqualTo(Map.of("production", "from null"));
    }

    @Test
    void eachTenantsProjectIsAPlanOfItsOwn() {
        var each = propose(input("many", TreePattern.TENANT_PER_PROJECT, null, null));
        assertThat(each.plans()).hasSize(2);
        assertThat(ToolRig.found(each.outcome()).data().projects())
                .extracting(ProvisionWithGovernance.Project::catalog)
                .containsExactly("prod_many_acme", "prod_many_glob_ex");
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        assertThatThrownBy(
                        () ->
                                propose(
                                        input(
                                                "x",
                                                TreePattern.TENANT_PER_PROJECT,
                                                null,
                                                List.of("orders"))))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("nothing is shared");
        assertThatThrownBy(
                        () ->
                                propose(
                                        input(
                                                "x",
                                                TreePattern.SIMPLE_DEV_PROD,
                                                List.of("/no/such/folder"),
                                                null)))
                .hasMessageContaining("there is no such file or folder");
        assertThat(
                        ToolRig.refused(
                                propose(input("y", TreePattern.PER_DEVELOPER, null, null))
                                        .outcome()))
                .contains("first names");
        var twins = List.of("Acme", "acme!");
        assertThatThrownBy(
                        () ->
                                propose(
                                        new ProvisionWithGovernance.Input(
                                                null,
                                                "z",
                                                "production",
                                                TreePattern.SIMPLE_DEV_PROD,
                                                null,
                                                null,
                                                0.5,
                                                1,
                                                null,
                                                null,
                                                twins,
                                                "shop",
                                                List.of("orders"),
                                                "tenant_id",
                                                ConfigureRls.Mode.SETTING,
                                                "o",
                                                null,
                                                null,
                                                null)))
                .hasMessageContaining("Acme and acme! would share the role tenant_acme");
        assertThat(ProvisionWithGovernance.roleOf("Acme & Co")).isEqualTo("tenant_acme_co");
    }
}
