package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.plan.ArchiveOrder.Direction;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.framework.ToolKind;
import io.lakebaseops.state.Archival.Phase;
import io.lakebaseops.state.Archival.Status;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What an operator does about trouble, in a window: from an alert to the repair of its cause, and
/// from rows that are archived, whose process dies on the way, to rows that are back.
@ScreenTest
@Timeout(180)
final class HealthWalksUiTest {
    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    @AfterEach
    void close() {
        console.close();
    }

    private String screen() {
        return console.frame.session().destinationProperty().get().screen();
    }

    private void press(String text) {
        console.robot.clickOn(button(text));
    }

    private Node button(String text) {
        return console.robot
                .lookup(".button")
                .match(n -> n instanceof Button b && text.equals(b.getText()))
                .query();
    }

    private boolean says(String selector, String text) {
        return console.robot.lookup(selector).queryAllAs(Node.class).stream()
                .anyMatch(n -> n instanceof Labeled l && l.getText().contains(text));
    }

    @Test
    void from_an_alert_to_its_cause_to_the_plan_that_repairs_it() {
        var all = new ArrayList<>(shop.tools.catalog().all());
        all.add(FakeTools.tool("self_heal", "health", "operations", ToolKind.CHANGE, null));
        shop.tools.own = new ToolCatalog(all);
        shop.tools.answers.put("diagnose_root_cause", _ -> SampleCause.heldBack());
        var plan = shop.desk.waiting().getFirst();
        shop.tools.plans.put("self_heal", List.of(plan));
        console = new OpenConsole(shop, dir, 1600, 900);
        console.robot.clickOn("#gauge-" + MetricName.MAX_DEAD_TUPLE_RATIO.id());
        console.until(() -> console.shown("#find-cause"));
        console.robot.clickOn("#find-cause");
        console.until(() -> says("#evidence .row-title", "session 41822"));
        assertThat(shop.tools.asked)
                .as("it is asked about the figure that is beyond its limit")
                .anyMatch(
                        a ->
                                a.startsWith("diagnose_root_cause")
                                        && a.contains("max_dead_tuple_ratio"));
        press("Plan the repair…");
        console.until(() -> screen().equals(Destination.AGENTS) && console.shown("#run-tool"));
        console.robot.clickOn("#run-tool");
        console.until(() -> shop.tools.asked.stream().anyMatch(a -> a.startsWith("self_heal")));
        console.until(() -> console.robot.lookup("#run-result .button").tryQuery().isPresent());
        press("Review: " + plan.plan().title());
        console.until(() -> screen().equals(Destination.APPROVALS));
        console.until(() -> console.node("#plan-title") != null);
        console.until(() -> console.text("#plan-title").equals(plan.plan().title() + "?"));
    }

    @Test
    void from_archiving_over_a_process_that_died_to_rows_that_are_back() {
        console = new OpenConsole(shop, dir, 1600, 900);
        var archive = new Destination(Destination.ARCHIVE, null);
        console.goTo(archive);
        console.until(() -> console.shown("#file-archive"));
        console.robot.clickOn("#file-archive");
        console.until(
                () ->
                        shop.tools.asked.stream()
                                .anyMatch(
                                        a ->
                                                a.startsWith("archive_cold_data_to_delta")
                                                        && a.contains("web.events")));

        // Nobody carries archival 41 out any more: its process was killed.
        console.goTo(archive);
        console.until(() -> console.shown("#continue-41"));
        assertThat(console.text("#archival-says-41")).contains("Continue goes on");
        int before = shop.desk.plans.size();
        console.robot.clickOn("#continue-41");
        console.until(() -> screen().equals(Destination.APPROVALS));
        assertThat(shop.desk.plans).hasSize(before + 1);
        assertThat(direction()).isEqualTo(Direction.ARCHIVE);

        var now = shop.clock.instant();
        shop.archive.archivals.set(
                0, SampleArchive.archival(41, "shipments", Phase.DONE, Status.ARCHIVED, now, null));
        console.goTo(archive);
        console.frame.view(Destination.ARCHIVE).model().refresh();
        console.until(
                () ->
                        console.node("#continue-41") == null
                                && console.robot
                                        .lookup(".table-cell")
                                        .match(this::shipments)
                                        .tryQuery()
                                        .isPresent());
        console.robot.clickOn(
                console.robot.lookup(".table-cell").match(this::shipments).<Node>query());
        console.until(() -> console.shown("#restore"));
        console.robot.clickOn("#restore-keys");
        console.robot.write("(17)");
        console.robot.push(KeyCode.TAB);
        console.robot.clickOn("#restore");
        console.until(() -> shop.desk.plans.size() == before + 2);
        console.until(() -> screen().equals(Destination.APPROVALS));
        assertThat(direction()).isEqualTo(Direction.RESTORE);
        assertThat(newest().order().restored()).containsExactly("(17)");
    }

    private boolean shipments(Node node) {
        return node instanceof Labeled l && Objects.equals("shop.shipments", l.getText());
    }

    private Direction direction() {
        return newest().order().direction();
    }

    private Step.ArchiveStep newest() {
        var plans = List.copyOf(shop.desk.plans.values());
        FiledPlan last = plans.getLast();
        return (Step.ArchiveStep) last.plan().steps().getFirst();
    }
}
