package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.sync.RepairPlans;
import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The sync screen in a window: compare a pair, a differing key, a repair plan.
@ScreenTest
@Timeout(180)
final class SyncUiTest {
    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    private void open() {
        console = new OpenConsole(shop, dir, 1280, 720);
        console.goTo(Destination.sync());
        console.until(() -> console.node("#pairs") != null);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private int rows(String table) {
        return ((TableView<?>) Objects.requireNonNull(console.node(table))).getItems().size();
    }

    @Test
    void a_pair_is_compared_a_key_is_looked_at_and_a_repair_plan_is_filed() {
        shop.sync.answer = new RepairPlans.Made(shop.desk.waiting().getFirst().plan());
        open();
        console.robot.clickOn("#compare");
        console.until(
                () ->
                        shop.tools.asked.stream()
                                .anyMatch(
                                        a ->
                                                a.startsWith("run_full_sync_validation")
                                                        && a.contains("shop.orders")));
        console.until(() -> console.text("#sync-key .pane-title").contains("3023377"));
        console.robot.push(KeyCode.J);
        console.until(() -> console.text("#sync-key .pane-title").contains("3023376"));
        console.robot.clickOn("#keys-MISSING");
        console.until(() -> rows("#differing-keys") == 1);
        console.robot.clickOn("#file-repair");
        console.until(() -> !shop.sync.repaired.isEmpty());
        assertThat(shop.sync.repaired).as("all keys of the pair").containsExactly(35);
        console.until(
                () ->
                        console.frame
                                .session()
                                .destinationProperty()
                                .get()
                                .screen()
                                .equals(Destination.APPROVALS));
    }

    @Test
    void a_pair_that_failed_says_why_and_the_others_stand() {
        open();
        // The verdict names it, too.
        console.robot.clickOn(
                console.robot
                        .lookup("#pairs .table-cell")
                        .match(n -> n instanceof Labeled l && "shop.payments".equals(l.getText()))
                        .<Node>query());
        console.until(
                () ->
                        console.robot.lookup("#check .said").queryAllAs(Label.class).stream()
                                .anyMatch(l -> l.getText().contains("GRANT SELECT")));
        assertThat(console.shown("#sync-key")).as("it has no keys").isFalse();
        assertThat(rows("#pairs")).isEqualTo(6);
    }

    @Test
    void without_pairs_those_that_were_found_are_offered() {
        shop.sync.round =
                new SyncMonitor.Round(
                        "prod_storefront", List.of(), Map.of(), shop.sync.round.found());
        open();
        console.until(() -> console.shown("#watch-all"));
        console.robot.clickOn("#watch-all");
        console.until(() -> !shop.sync.decided.isEmpty());
        assertThat(shop.sync.decided).containsExactly("watch shop.shipments");
    }

    @Test
    void escape_closes_the_pane_and_c_compares_the_selected_pair() {
        open();
        console.until(() -> console.shown("#sync-key"));
        FxToolkit.call(
                () -> {
                    console.node("#pairs").requestFocus();
                    return true;
                });
        console.robot.push(KeyCode.ESCAPE);
        console.until(() -> !console.shown("#sync-key"));
        int before = shop.tools.asked.size();
        console.robot.push(KeyCode.C);
        console.until(() -> shop.tools.asked.size() > before);
    }
}
