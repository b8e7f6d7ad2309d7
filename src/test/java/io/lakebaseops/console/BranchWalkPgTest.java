package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.provisioning.BranchRig;
import io.lakebaseops.agents.provisioning.branching.CreateBranch;
import io.lakebaseops.agents.provisioning.branching.ListedBranches;
import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.agents.provisioning.migration.ApplySchemaMigration;
import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff;
import io.lakebaseops.agents.provisioning.migration.FinishedStatements;
import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard;
import io.lakebaseops.agents.provisioning.migration.TestMigrationOnBranch;
import io.lakebaseops.change.approval.StoredPlanQueue;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolRunner;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.ScreenTest;
import io.lakebaseops.trial.BranchTrial;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/// The branches screen on Local Lakebase, by keyboard alone: a branch of a past moment, its schema
/// diff, its end; and a migration from a file until it is applied on production.
@ScreenTest
@Timeout(900)
final class BranchWalkPgTest {
    private static final TargetId PRODUCTION = new TargetId("local", "shop", "production");

    @TempDir private Path dir;
    private BranchRig rig;
    private OpenConsole console;

    @Test
    void a_branch_of_the_past_is_made_compared_and_deleted_and_a_migration_is_applied()
            throws Exception {
        try (var state = open();
                var room = TaskExecutor.open(Clock.systemUTC())) {
            sql("production", "create table orders (id int primary key)");
            rig.server.branch("projects/shop", "staging", SdkFixture.lasting());
            // What is committed after this moment is not in a branch of it.
            var moment = rig.server.clock().instant();
            sql("production", "select pg_sleep(1.2)", "create table added_later (id int)");
            console =
                    new OpenConsole(
                            FakeShop.busyDay(),
                            background -> services(background, state, room),
                            PRODUCTION,
                            1600,
                            900,
                            Theme.DARK);
            try {
                console.robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
                until("#branch-pane");
                console.until(() -> title().equals("production"));
                createOf(moment);
                compare();
                delete();
                migrate();
            } finally {
                console.close();
            }
        } finally {
            rig.close();
        }
    }

    private StateDb open() {
        rig = new BranchRig(dir);
        rig.lake.ensureTables(OpsTables.ALL);
        rig.server.project("shop");
        return StateDb.open(StateSettings.of(rig.stateUrl, Pg17.DBA, Pg17.DBA_PASSWORD));
    }

    private ConsoleServices services(Executor background, StateDb state, TaskExecutor room) {
        var clock = Clock.systemUTC();
        var shop = FakeShop.busyDay();
        var fake = shop.services(background, dir.resolve("memory.json"));
        var targets = rig.test.targets();
        var sql = rig.test.sql();
        var tests = new MigrationTestBoard(clock);
        var trials = new BranchTrial(targets, sql, rig.planes, rig.desk, () -> state, clock);
        var catalog =
                new ToolCatalog(
                        List.of(
                                new CreateBranch(rig.planes, rig.policy),
                                new CaptureSchemaDiff(targets),
                                new TestMigrationOnBranch(targets, sql, trials, tests),
                                new ApplySchemaMigration(
                                        targets,
                                        sql,
                                        rig.planes,
                                        (_, _) -> FinishedStatements.NONE)));
        return new ConsoleServices(
                new ToolRunner(
                        catalog,
                        room,
                        clock,
                        new FindingStore(state),
                        rig.desk,
                        List.of(),
                        shop.bus,
                        _ -> {}),
                shop.jobs,
                shop.bus,
                rig.desk,
                new StoredPlanQueue(state),
                fake.audit(),
                fake.findings(),
                fake.titles(),
                fake.targets(),
                fake.generated(),
                new ProvisioningServices(
                        new ListedBranches(
                                rig.planes,
                                rig.lake,
                                rig.pullRequests,
                                rig.policy,
                                background,
                                rig.server.clock()),
                        tests::of,
                        _ -> DatabaseNames.NONE),
                fake.performance(),
                fake.health(),
                fake.ask(),
                null,
                new ConsoleRuntime(
                        fake.runtime().watch(),
                        fake.runtime().runningWork(),
                        background,
                        rig.server.clock(),
                        fake.runtime().staleAfter(),
                        "mira",
                        () -> PRODUCTION,
                        List.of(),
                        fake.runtime().memory(),
                        fake.runtime().connections()));
    }

    private void createOf(Instant moment) {
        console.robot.push(KeyCode.C);
        until("#branch-name");
        console.until(() -> focused("branch-name"));
        console.robot.write("before it");
        tabTo("branch-at");
        console.robot.write(moment.toString());
        console.until(() -> !console.node("#create-branch").isDisabled());
        console.robot.push(KeyCode.ENTER);
        eventually("the branch is there", () -> rig.there("shop", "before-it"));
        until("#branch-filed");
        console.until(() -> console.text("#branch-filed").contains("done"));
        assertThat(rig.branch("shop", "before-it").source()).isEqualTo("production");
    }

    private void compare() {
        tabTo("branch-list");
        console.robot.push(KeyCode.D);
        select("before-it");
        console.robot.push(KeyCode.D);
        console.until(() -> console.shown("#schema-diff-page"));
        eventually(
                "the schemas are read", () -> console.text("#schema-verdict").contains("differs"));
        assertThat(console.text("#schema-verdict"))
                .isEqualTo("before-it differs from production: 1 removed.");
        assertThat(console.text("#schema-object")).contains("added_later");
        console.robot.push(KeyCode.ALT, KeyCode.LEFT);
        console.until(() -> !console.shown("#schema-diff-page"));
    }

    private void delete() {
        tabTo("branch-list");
        select("before-it");
        console.robot.push(KeyCode.DELETE);
        until("#delete-branch-reason");
        console.until(() -> focused("delete-branch-reason"));
        console.robot.write("compared");
        console.robot.push(KeyCode.ENTER);
        console.until(() -> console.text("#branch-filed").startsWith("Delete branch before-it"));
        approve("Delete branch before-it of shop");
        eventually("the branch is gone", () -> !rig.there("shop", "before-it"));
        console.robot.push(KeyCode.F5);
        console.until(() -> !title().equals("before-it"));
    }

    private void migrate() throws Exception {
        var folder = Files.createDirectories(dir.resolve("migrations"));
        Files.writeString(
                folder.resolve("V1__paid.sql"), "alter table orders add column paid boolean;");
        tabTo("branch-list");
        console.robot.push(KeyCode.M);
        until("#migration-start");
        console.until(() -> focused("migration-pr"));
        console.robot.write("7");
        tabTo("migration-files");
        console.robot.write(folder.toString());
        tabTo("start-migration");
        console.robot.push(KeyCode.SPACE);
        eventually(
                "the test ended",
                () ->
                        console.node("#migration-verdict").isVisible()
                                && console.text("#migration-verdict").startsWith("PR 7 applies"));
        assertThat(rig.there("shop", "ci-pr-7")).as("its branch is gone again").isFalse();
        assertThat(console.text("#lock-says")).contains("ACCESS EXCLUSIVE on public.orders");
        for (var branch : List.of("staging", "production")) {
            eventually(
                    "it can be applied on " + branch,
                    () ->
                            console.node("#apply-migration") instanceof Button b
                                    && b.getText().endsWith(branch)
                                    && !b.isDisabled());
            tabTo("apply-migration");
            console.robot.push(KeyCode.SPACE);
            eventually("its plan is filed", () -> console.node("#show-plan-" + branch) != null);
            approve(null);
            console.robot.push(KeyCode.F5);
        }
        console.until(() -> console.node("#apply-migration") == null);
        sql("production", "select paid from orders");
        sql("staging", "select paid from orders");
    }

    /// What waits is decided among the approvals; that walk is a test of its own.
    private void approve(@Nullable String title) {
        for (var filed : rig.desk.waiting()) {
            if (title == null || filed.plan().title().equals(title)) {
                rig.desk.approve(
                        filed.id(),
                        filed.fingerprint(),
                        BranchRig.PERSON,
                        filed.plan().subject().name(),
                        "read");
                assertThat(rig.desk.find(filed.id()).orElseThrow().state())
                        .isEqualTo(FiledPlan.State.DONE);
            }
        }
    }

    private void sql(String branch, String... statements) throws SQLException {
        var endpoint = "projects/shop/branches/" + branch + "/endpoints/primary";
        try (var c = rig.server.connect(endpoint, rig.server.token(endpoint));
                var s = c.createStatement()) {
            for (var statement : statements) {
                s.execute(statement);
            }
        }
    }

    /// What a server does takes its time on a busy machine.
    private void eventually(String what, Callable<Boolean> there) {
        try {
            Awaitility.await(what).atMost(Duration.ofMinutes(4)).until(there);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    what
                            + ": "
                            + console.frame
                                    .view(Destination.BRANCHES)
                                    .model()
                                    .noticeProperty()
                                    .get(),
                    e);
        }
    }

    private void until(String selector) {
        console.until(() -> console.node(selector) != null && console.shown(selector));
    }

    private String title() {
        return console.node("#branch-pane .pane-title") == null
                ? ""
                : console.text("#branch-pane .pane-title");
    }

    /// Down the list until the pane is about it.
    private void select(String branch) {
        console.robot.push(KeyCode.HOME);
        for (int i = 0; i < 6 && !title().equals(branch); i++) {
            var before = title();
            console.robot.push(KeyCode.DOWN);
            console.until(() -> !title().equals(before));
        }
        assertThat(title()).isEqualTo(branch);
    }

    private boolean focused(String id) {
        Node owner = FxToolkit.call(() -> console.frame.scene().getFocusOwner());
        return owner != null && id.equals(owner.getId());
    }

    private void tabTo(String id) {
        for (int i = 0; i < 80 && !focused(id); i++) {
            console.robot.push(KeyCode.TAB);
        }
        assertThat(focused(id)).as("Tab reaches " + id).isTrue();
    }
}
