package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.maintenance.SampleVacuum;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.state.PostponedVacuums.Postponed;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/// The vacuum screen in a window, by mouse and by keyboard.
@ScreenTest
@Timeout(180)
final class VacuumUiTest {
    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    private void open() {
        console = new OpenConsole(shop, dir, 1280, 720);
        console.goTo(Destination.vacuum());
        console.until(() -> console.node("#vacuum-tables") != null);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void a_vacuum_is_planned_for_the_quiet_hours_and_taken_off_again() {
        // What the tool does with a busy hour: see VacuumPgTest.
        shop.tools.onRun =
                tool -> {
                    if (tool.equals("schedule_vacuum_analyze")) {
                        shop.postponed.add(
                                new Postponed(
                                        FakeShop.PRODUCTION,
                                        "storefront",
                                        "shop",
                                        "payments",
                                        "mira",
                                        Instant.parse("2026-11-23T03:00:00Z")));
                    }
                };
        open();
        console.robot.clickOn("shop.payments");
        console.until(() -> console.text("#vacuum-table .pane-title").equals("shop.payments"));
        console.robot.clickOn("#act-plan-vacuum");
        console.until(() -> console.text("#quiet-foot").contains("1 vacuum planned"));
        console.until(() -> console.node("#withdraw") != null);
        assertThat(console.node("#act-plan-vacuum")).as("planned already").isNull();
        console.robot.clickOn("#withdraw");
        console.until(() -> console.text("#quiet-foot").contains("no vacuum planned"));
    }

    @Test
    void the_simulation_names_the_next_runs_and_the_foot_what_the_end_of_the_holder_brings() {
        open();
        console.until(() -> console.text("#simulation-foot").contains("next runs: "));
        assertThat(console.text("#simulation-foot")).contains("proposed: peak");
        assertThat(console.text("#holders-foot"))
                .contains(
                        "if session 41822 ended, 1,012,400 dead rows become removable; horizon then 3 XIDs");
    }

    @Test
    void everything_is_planned_by_keyboard_alone() {
        open();
        console.until(() -> console.text("#vacuum-table .pane-title").equals("shop.inventory"));
        FxToolkit.call(
                () -> {
                    console.node("#vacuum-tables").requestFocus();
                    return true;
                });
        console.robot.push(KeyCode.E);
        console.until(() -> shop.tools.asked.stream().anyMatch(a -> a.contains("41822")));
        console.robot.push(KeyCode.T);
        console.until(() -> shop.tools.asked.stream().anyMatch(a -> a.startsWith("tune_")));
        console.robot.push(KeyCode.DOWN);
        console.until(() -> console.text("#vacuum-table .pane-title").equals("shop.orders"));
        console.robot.push(KeyCode.V);
        console.until(
                () ->
                        shop.tools.asked.stream()
                                .anyMatch(
                                        a ->
                                                a.startsWith("schedule_vacuum_analyze")
                                                        && a.contains("\"orders\"")));
        console.robot.push(KeyCode.SLASH);
        console.robot.write("ship");
        console.until(() -> rows() == 1);
        console.robot.push(KeyCode.V);
        console.settle();
        assertThat(shop.tools.asked).as("a letter typed into the filter plans nothing").hasSize(3);
        console.robot.push(KeyCode.ESCAPE);
        console.until(() -> !console.shown("#vacuum-table"));
    }

    private int rows() {
        return ((TableView<?>) Objects.requireNonNull(console.node("#vacuum-tables")))
                .getItems()
                .size();
    }

    @Test
    void small_and_toast_tables_below_a_fifth_of_their_limits_come_with_all() {
        open();
        console.until(() -> rows() == 8);
        console.robot.clickOn("#vacuum-all");
        console.until(() -> rows() == 9);
        assertThat(console.text("#vacuum-all")).isEqualTo("all 9");
    }

    @Test
    void a_standby_has_no_acts_and_a_part_that_failed_says_why_while_the_others_stand() {
        shop.vacuum.round = SampleVacuum.standby(FakeShop.NOW);
        open();
        console.until(() -> console.shown("#vacuum-table"));
        assertThat(console.node("#act-plan-end-session")).isNull();
        console.robot.push(KeyCode.E);
        console.settle();
        assertThat(shop.tools.asked).isEmpty();

        shop.vacuum.round = SampleVacuum.partly(FakeShop.NOW);
        console.robot.push(KeyCode.F5);
        console.until(
                () ->
                        console
                                .robot
                                .lookup("#running-vacuums .label")
                                .queryAllAs(javafx.scene.control.Label.class)
                                .stream()
                                .anyMatch(l -> l.getText().contains("GRANT pg_read_all_stats")));
        assertThat(console.text("#holders-foot")).contains("GRANT pg_monitor");
        assertThat(rows()).isEqualTo(8);
    }
}
