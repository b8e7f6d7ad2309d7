package io.lakebaseops.console.branches;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.cicd.SetupCicdPipeline;
import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeBranches;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.SampleMigration;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolCatalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;

/// What the branches screen reads, asks and files, with background work done when the test says so.
final class BranchesViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final ConsoleServices services = shop.services(background::add, Path.of("unused"));
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final BranchesViewModel model =
            new BranchesViewModel(
                    session, services.provisioning(), services.framework(), services.desk());

    private void work() {
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    private void open() {
        model.activate();
        work();
    }

    private BranchesVerdict said() {
        return BranchesVerdict.of(
                Objects.requireNonNull(model.dataProperty().get()),
                BranchPolicy.standard().limits());
    }

    @Test
    void events_of_others_ask_nothing_and_computes_are_asked_for_what_is_seen_only() {
        open();
        assertThat(shop.branches.reads).hasValue(1);
        assertThat(shop.branches.asked).as("no row was shown yet").isEmpty();
        for (int i = 0; i < 200; i++) {
            shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, FakeShop.NOW));
        }
        work();
        assertThat(shop.branches.reads).hasValue(1);
        model.computes().want("dev-ben");
        model.computes().want("staging");
        model.computes().want("dev-ben");
        work();
        assertThat(model.computes().property().get()).containsOnlyKeys("dev-ben", "staging");
        assertThat(shop.branches.asked).hasSizeLessThanOrEqualTo(2);
        shop.bus.publish(new OpsEvent.BranchDeleted(FakeShop.STAGING, FakeShop.NOW, "dev-anna"));
        work();
        assertThat(shop.branches.reads).as("another branch of this project went").hasValue(2);
    }

    @Test
    void a_plain_server_is_empty_and_a_refusal_keeps_the_last_graph() {
        shop.branches.project = null;
        open();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.EMPTY);
        assertThat(said().sentence()).contains("has no branches");
        shop.branches.project = FakeBranches.sample();
        model.refresh();
        work();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
        shop.branches.broken =
                new OpsException(
                        OpsException.Kind.DENIED, "Listing", "token lacks CAN_MANAGE", "ask");
        model.refresh();
        work();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.FAILED);
        assertThat(model.troubleProperty().get()).contains("CAN_MANAGE");
        assertThat(model.names()).as("the last graph").hasSize(14);
    }

    @Test
    void the_verdict_counts_and_says_what_ends_soon() {
        open();
        assertThat(said().sentence())
                .isEqualTo("14 of 25 branches; ai-agent-tax-3c1d ends within the hour.");
        shop.branches.project = FakeBranches.many(600);
        model.refresh();
        work();
        assertThat(said().role()).isEqualTo(Role.CRITICAL);
        assertThat(said().sentence()).startsWith("No branch can be created: 600 of 600");
    }

    @Test
    void a_branch_of_the_past_is_asked_of_the_tool_as_typed() {
        open();
        model.select("production");
        model.draft();
        var draft = Objects.requireNonNull(model.draftProperty().get());
        model.draft(draft.wish("try prices").at("2 h ago").life("4 h").reason("prices"));
        assertThat(model.checked().orElseThrow().good()).isTrue();
        model.create();
        work();
        assertThat(shop.tools.asked)
                .anyMatch(
                        a ->
                                a.startsWith(
                                        "create_branch {\"name\":\"try-prices\",\"source\":\"production\","
                                                + "\"ttl\":\"PT4H\",\"at\":\"2026-11-22T12:02:11Z\",\"reason\":\"prices\"}"));
    }

    @Test
    void deleting_files_a_plan_about_the_branch_that_was_looked_at() {
        open();
        var plan = shop.desk.waiting().getFirst().plan();
        shop.branches.plan = plan;
        model.select("dev-ben");
        model.acts().delete(model.life().orElseThrow(), "merged");
        work();
        assertThat(shop.branches.asked).contains("delete dev-ben u-dev-ben: merged");
        var filed = Objects.requireNonNull(model.acts().filedProperty().get());
        assertThat(filed.filed().plan().title()).isEqualTo(plan.title());
        assertThat(filed.words()).contains("waits for an approval");
    }

    @Test
    void a_diff_that_comes_late_is_not_shown_and_marking_two_compares_them() {
        shop.tools.answers.put("capture_schema_diff", _ -> SampleMigration.diff());
        open();
        model.mark("staging");
        assertThat(model.markedProperty().get()).isEqualTo("staging");
        model.mark("ci-pr-221");
        assertThat(Objects.requireNonNull(model.diffs().runProperty().get()).running()).isTrue();
        model.back();
        work();
        assertThat(model.diffs().runProperty().get()).as("nobody waits for it").isNull();
        model.diffs().compare("staging", "ci-pr-221", true);
        work();
        var run = Objects.requireNonNull(model.diffs().runProperty().get());
        assertThat(Objects.requireNonNull(run.output()).databases()).hasSize(1);
        model.diffs().compare("staging", "staging", false);
        assertThat(Objects.requireNonNull(model.diffs().runProperty().get()).failure())
                .contains("same branch");
    }

    @Test
    void a_migration_starts_with_files_that_are_there_and_applies_on_staging_first(
            @TempDir Path dir) throws IOException {
        open();
        var migration = model.migration();
        migration.open();
        migration.form(
                new MigrationForm("7", dir + "/gone.sql", "staging", "production", "", "1 s"));
        migration.start();
        work();
        assertThat(Objects.requireNonNull(model.noticeProperty().get()).text())
                .contains("gone.sql");
        assertThat(shop.tools.asked).noneMatch(a -> a.startsWith("test_migration"));
        var file = Files.writeString(dir.resolve("V1__a.sql"), "select 1");
        migration.form(new MigrationForm("7", file.toString(), "staging", "production", "", "1 s"));
        migration.start();
        work();
        assertThat(shop.tools.asked)
                .anyMatch(a -> a.startsWith("test_migration_on_branch {\"pr\":7,"));
        shop.migrationTest = SampleMigration.running();
        migration.tick();
        assertThat(migration.whyNoApply()).contains("The test runs.");
        shop.migrationTest = SampleMigration.done();
        migration.tick();
        assertThat(migration.whyNoApply()).isEmpty();
        assertThat(migration.next()).contains("staging");
        migration.apply();
        work();
        assertThat(shop.tools.asked)
                .anyMatch(
                        a ->
                                a.startsWith("apply_schema_migration")
                                        && a.endsWith("on " + FakeShop.STAGING));
    }

    @Test
    void another_server_closes_what_is_open_about_the_first() {
        open();
        model.select("staging");
        model.migration().open();
        model.draft();
        session.lookAt(FakeShop.STAGING);
        assertThat(model.draftProperty().get()).isNull();
        assertThat(model.migration().openProperty().get()).isFalse();
        work();
        assertThat(model.selectedProperty().get()).isEqualTo("staging");
    }

    @Test
    void a_project_tool_runs_only_when_the_database_knows_its_names() {
        shop.tools.own = new ToolCatalog(List.of(new SetupCicdPipeline()));
        shop.names = new DatabaseNames(List.of("shop"), List.of(), List.of(), List.of(), true);
        open();
        model.tools().open();
        work();
        assertThat(model.tools().tools())
                .extracting(ProjectTool::name)
                .containsExactly("setup_cicd_pipeline");
        field("owner", "acme");
        field("repo", "shop");
        field("database", "other");
        model.tools().run();
        work();
        assertThat(shop.tools.asked).isEmpty();
        assertThat(model.tools().problems())
                .containsEntry("database", "there is no database other");
        field("database", "shop");
        model.tools().run();
        work();
        assertThat(shop.tools.asked).anyMatch(a -> a.startsWith("setup_cicd_pipeline"));
        assertThat(model.tools().resultProperty().get()).isNotNull();
    }

    private void field(String name, String value) {
        model.tools().field(name).orElseThrow().textProperty().set(value);
    }
}
