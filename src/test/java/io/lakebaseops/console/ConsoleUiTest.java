package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.parts.GaugeTile;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.testing.Fastest;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@ScreenTest
@Timeout(180)
final class ConsoleUiTest {
    @TempDir private Path dir;
    private FakeShop shop;
    private OpenConsole console;

    @BeforeEach
    void open() {
        shop = FakeShop.busyDay();
        console = new OpenConsole(shop, dir, 1280, 720);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void clicking_the_button_twice_runs_the_plan_once_and_shows_what_was_measured()
            throws InterruptedException {
        var mayEnd = new CountDownLatch(1);
        shop.desk.duringRun =
                () -> {
                    try {
                        mayEnd.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        console.goTo(Destination.plan(SamplePlans.DROP));
        assertThat(console.text("#plan-title"))
                .isEqualTo("Drop index orders_status_idx on shop.orders?");
        assertThat(console.text("#approve")).isEqualTo("Drop index");
        console.robot.doubleClickOn("#approve");
        console.until(() -> console.text("#outcome-title").contains("carried out"));
        mayEnd.countDown();
        console.until(() -> console.text("#outcome-title").contains("412 MB freed"));
        assertThat(shop.desk.runs).hasValue(1);
        assertThat(console.shown("#undo")).isTrue();
        console.robot.clickOn("#undo");
        console.until(() -> console.text("#plan-title").startsWith("Undo: Drop index"));
        assertThat(shop.desk.runs).as("it waits for a decision of its own").hasValue(1);
    }

    @Test
    void high_risk_opens_only_for_the_typed_name_and_a_reason_and_no_key_runs_it() {
        console.goTo(Destination.plan(SamplePlans.FULL));
        assertThat(console.disabled("#approve")).isTrue();
        assertThat(console.text("#missing")).contains("name typed exactly");
        console.robot.clickOn("#typed-name").write("events");
        assertThat(console.disabled("#approve")).isTrue();
        console.robot.clickOn("#act-reason").write("agreed");
        console.until(() -> !console.disabled("#approve"));
        console.robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        FxToolkit.call(
                () -> {
                    console.node("#approve").requestFocus();
                    return true;
                });
        console.robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        console.settle();
        assertThat(shop.desk.runs).as("no key runs what is of high risk").hasValue(0);
        console.robot.clickOn("#approve");
        console.until(() -> shop.desk.runs.get() == 1);
        assertThat(shop.desk.typedName).isEqualTo("events");
        assertThat(shop.desk.reason).isEqualTo("agreed");
    }

    @Test
    void ctrl_enter_in_the_field_about_keeping_keeps_and_never_carries_out() {
        console.goTo(Destination.plan(SamplePlans.DROP));
        console.robot.clickOn("#keep-reason").push(KeyCode.CONTROL, KeyCode.ENTER);
        console.settle();
        assertThat(shop.plan(SamplePlans.DROP).state()).isEqualTo(FiledPlan.State.WAITING);
        console.robot.write("keep it please").push(KeyCode.CONTROL, KeyCode.ENTER);
        console.until(() -> shop.plan(SamplePlans.DROP).state() == FiledPlan.State.REJECTED);
        assertThat(shop.plan(SamplePlans.DROP).reason()).isEqualTo("keep it please");
        assertThat(shop.desk.runs).hasValue(0);
    }

    @Test
    void ctrl_enter_carries_out_only_with_the_focus_on_the_button_and_no_reason_to_keep() {
        console.goTo(Destination.plan(SamplePlans.DROP));
        console.robot.clickOn("#act-reason").write("go").push(KeyCode.CONTROL, KeyCode.ENTER);
        console.settle();
        assertThat(shop.desk.runs).as("from a field").hasValue(0);
        console.robot.push(KeyCode.ENTER);
        console.until(() -> console.node("#approve").isFocused());
        assertThat(shop.plan(SamplePlans.DROP).state()).isEqualTo(FiledPlan.State.WAITING);
        console.robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        console.until(() -> shop.desk.runs.get() == 1);
        assertThat(shop.desk.reason).isEqualTo("go");

        console.goTo(Destination.plan(SamplePlans.CREATE));
        console.robot.clickOn("#keep-reason").write("wait for Friday");
        FxToolkit.call(
                () -> {
                    console.node("#approve").requestFocus();
                    return true;
                });
        console.robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        console.until(() -> shop.plan(SamplePlans.CREATE).state() == FiledPlan.State.REJECTED);
        assertThat(shop.desk.runs).as("there was a reason to keep").hasValue(1);
    }

    @Test
    void a_changed_plan_says_so_on_the_button_and_does_not_run() {
        console.goTo(Destination.plan(SamplePlans.CREATE));
        shop.desk.put(SamplePlans.otherStatement(shop.plan(SamplePlans.CREATE)));
        shop.bus.publish(
                new OpsEvent.PlanChanged(
                        FakeShop.PRODUCTION, FakeShop.NOW, SamplePlans.CREATE, "changed"));
        console.until(() -> console.text("#approve").contains("changed"));
        console.robot.clickOn("#approve");
        console.until(() -> console.text("#approve").equals("Create index"));
        assertThat(shop.desk.runs).hasValue(0);
    }

    @Test
    void the_safe_button_asks_for_a_reason_and_then_keeps_everything() {
        console.goTo(Destination.plan(SamplePlans.CREATE));
        console.robot.clickOn("#keep");
        assertThat(shop.plan(SamplePlans.CREATE).state()).isEqualTo(FiledPlan.State.WAITING);
        console.robot.write("not before Friday").push(KeyCode.ENTER);
        console.until(() -> shop.plan(SamplePlans.CREATE).state() == FiledPlan.State.REJECTED);
    }

    @Test
    void the_palette_goes_everywhere_by_keyboard() {
        console.robot.push(KeyCode.CONTROL, KeyCode.K);
        console.until(() -> console.shown("#palette"));
        console.robot.write("agents").push(KeyCode.ENTER);
        console.until(() -> console.shown("#jobs"));
        assertThat(console.node("#palette")).isNull();
        console.robot.push(KeyCode.CONTROL, KeyCode.K);
        console.until(() -> console.shown("#palette"));
        console.robot.write("terminate idle").push(KeyCode.ENTER);
        console.until(() -> console.shown("#tool-pane"));
        console.robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        console.until(() -> console.shown("#verdict"));
        console.robot.push(KeyCode.CONTROL, KeyCode.K);
        console.until(() -> console.shown("#palette"));
        console.robot.write("staging").push(KeyCode.ENTER);
        console.until(() -> console.frame.session().target().equals(FakeShop.STAGING));
    }

    @Test
    void the_palette_finds_plans_findings_and_alerts_also_with_a_letter_wrong() {
        console.robot.push(KeyCode.CONTROL, KeyCode.K);
        console.until(() -> console.shown("#palette"));
        console.robot.write("aprovals");
        console.robot.push(KeyCode.ENTER);
        console.until(() -> console.shown("#queue"));
        console.robot.push(KeyCode.CONTROL, KeyCode.K);
        console.until(() -> console.shown("#palette"));
        console.robot.write("repeats 412");
        console.until(() -> palette().getItems().size() == 1);
        console.robot.push(KeyCode.ENTER);
        console.until(() -> console.shown("#evidence"));
        console.robot.push(KeyCode.CONTROL, KeyCode.K);
        console.until(() -> console.shown("#palette"));
        console.robot.write("payments (order_id)");
        console.until(() -> palette().getItems().size() == 1);
        console.robot.push(KeyCode.ENTER);
        console.until(() -> console.shown("#queue"));
        assertThat(console.frame.session().destinationProperty().get())
                .isEqualTo(Destination.plan(SamplePlans.CREATE));
    }

    private ListView<?> palette() {
        return (ListView<?>) console.node("#palette-list");
    }

    @Test
    void a_form_made_from_the_schema_checks_before_it_runs() {
        console.goTo(Destination.tool("terminate_idle_connections"));
        replace("#field-max_age", "soon");
        console.robot.clickOn("#run-tool");
        console.settle();
        assertThat(shop.tools.asked).isEmpty();
        replace("#field-max_age", "45");
        console.robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        console.until(() -> console.shown("#run-result"));
        assertThat(shop.tools.asked)
                .singleElement()
                .asString()
                .contains("\"max_age\":45")
                .contains("\"dry_run\":true")
                .endsWith("storefront-prod/production");
    }

    @Test
    void a_form_opened_for_one_server_does_not_run_on_another() {
        console.goTo(Destination.tool("terminate_idle_connections"));
        console.until(() -> console.shown("#tool-pane"));
        FxToolkit.call(
                () -> {
                    console.frame.session().lookAt(FakeShop.STAGING);
                    return true;
                });
        console.until(() -> !console.shown("#tool-pane"));
        console.robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        console.settle();
        assertThat(shop.tools.asked).isEmpty();
    }

    /// By keyboard: two clicks are a double click on a machine that is quick enough only.
    private void replace(String field, String text) {
        console.robot.clickOn(field).push(KeyCode.CONTROL, KeyCode.A).write(text);
    }

    @Test
    void the_theme_switches_and_everything_follows() {
        assertThat(console.frame.theme()).isEqualTo(Theme.DARK);
        console.robot.clickOn("#theme");
        console.until(() -> console.frame.theme() == Theme.LIGHT);
        assertThat(console.frame.scene().getStylesheets().getFirst()).contains("tokens-light");
    }

    @Test
    void a_lost_connection_is_shown_within_two_seconds_and_heals_by_itself() throws Exception {
        Fastest.of(5, Duration.ofSeconds(2), this::lostAndHealed);
    }

    private Duration lostAndHealed() {
        long start = System.nanoTime();
        shop.bus.publish(
                new OpsEvent.ReachabilityChanged(
                        FakeShop.PRODUCTION, FakeShop.NOW, false, "server closed the connection"));
        console.until(() -> console.text("#age").startsWith("stale"));
        console.until(() -> console.shown("#state-banner"));
        var shown = Duration.ofNanos(System.nanoTime() - start);
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, FakeShop.NOW));
        console.until(() -> console.text("#age").startsWith("live"));
        console.until(() -> !console.shown("#state-banner"));
        return shown;
    }

    @Test
    void at_1280_by_720_no_key_label_is_cut() {
        var cut = new ArrayList<String>();
        for (var to :
                new Destination[] {
                    Destination.overview(), Destination.plan(SamplePlans.FULL), Destination.agents()
                }) {
            console.goTo(to);
            console.settle();
            FxToolkit.call(
                    () -> {
                        // What changed since is laid out before it is looked at.
                        console.frame.scene().getRoot().applyCss();
                        console.frame.scene().getRoot().layout();
                        for (var style :
                                new String[] {
                                    ".gauge-title",
                                    ".gauge-value",
                                    ".gauge-verdict",
                                    ".card-title",
                                    ".card-label",
                                    ".card-number",
                                    ".pill",
                                    ".screen-title",
                                    ".verdict",
                                    ".age",
                                    ".branch-text",
                                    ".rail-entry",
                                    ".button"
                                }) {
                            console.frame.scene().getRoot().lookupAll(style).stream()
                                    .filter(ConsoleUiTest::isCut)
                                    .forEach(n -> cut.add(style + " " + n));
                        }
                        return cut;
                    });
        }
        assertThat(cut).isEmpty();
    }

    private static boolean isCut(Node node) {
        if (!(node instanceof javafx.scene.control.Labeled label)
                || label.getText() == null
                || label.getText().isEmpty()
                || !label.isVisible()
                || label.isWrapText()) {
            return false;
        }
        return label.getChildrenUnmodifiable().stream()
                .filter(Text.class::isInstance)
                .map(Text.class::cast)
                .filter(
                        t ->
                                t.getStyleClass()
                                        .contains("text")) // not the icons, which are Text too
                .anyMatch(t -> !t.getText().equals(label.getText()));
    }

    @Test
    void a_running_plan_says_its_step_whom_it_waits_for_and_can_be_cancelled() {
        SampleRuns.waiting(shop);
        console.goTo(Destination.approvals());
        console.until(() -> console.node("#running .waits-for") != null);
        assertThat(console.text("#running .waits-for")).contains("41822");
        assertThat(console.node("#running .step-dot.now")).isNotNull();
        assertThat(console.node("#running .limit-bar")).isNotNull();
        console.robot.clickOn("#cancel-run");
        console.until(() -> shop.desk.cancelled.contains(SamplePlans.CREATE));
    }

    @Test
    void muting_asks_for_how_long_and_why_and_the_readings_do_not_take_the_form_away() {
        console.robot.clickOn(console.node("#gauge-max_dead_tuple_ratio"));
        console.until(() -> console.shown("#mute"));
        console.robot.clickOn("#mute");
        assertThat(console.disabled("#mute-form-act")).isTrue();
        console.robot.clickOn("#mute-form-24-h");
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, FakeShop.NOW));
        console.settle();
        console.robot.clickOn("#mute-form-reason").write("backfill");
        console.robot.clickOn("#mute-form-act");
        console.until(() -> !shop.mutes.isEmpty());
        assertThat(shop.mutes.getFirst().until())
                .isEqualTo(FakeShop.NOW.plus(Duration.ofHours(24)));
        assertThat(shop.mutes.getFirst().reason()).isEqualTo("backfill");
    }

    @Test
    void running_jobs_asks_which_and_jobs_that_change_something_are_not_ticked() {
        console.goTo(Destination.agents());
        console.robot.clickOn("#run-all");
        console.until(() -> console.shown("#run-chosen"));
        var vacuum = (javafx.scene.control.CheckBox) console.node("#run-vacuum-scheduler");
        assertThat(vacuum.isSelected()).isFalse();
        assertThat(
                        ((javafx.scene.control.CheckBox) console.node("#run-index-analyzer"))
                                .isSelected())
                .isTrue();
        assertThat(shop.jobs.ran).isEmpty();
        console.robot.clickOn("#run-chosen");
        console.until(() -> shop.jobs.ran.contains("index-analyzer"));
        assertThat(shop.jobs.ran).doesNotContain("vacuum-scheduler");
    }

    @Test
    void a_tile_opens_its_evidence_and_escape_closes_it() {
        var tile = (GaugeTile) console.node("#gauge-max_dead_tuple_ratio");
        console.robot.clickOn(tile);
        console.until(() -> console.shown("#evidence"));
        assertThat(((Label) console.node("#evidence .pane-title")).getText())
                .isEqualTo("Dead rows");
        console.robot.push(KeyCode.ESCAPE);
        console.until(() -> !console.shown("#evidence"));
    }
}
