package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/// The settings in a window: a limit is changed, refused and saved; a mute ended and taken back; a
/// channel tried.
@ScreenTest
@Timeout(180)
final class SettingsUiTest {
    private static final String WARNING = "#warning-max_dead_tuple_ratio";
    private static final String CRITICAL = "#critical-max_dead_tuple_ratio";

    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    private void open() {
        console = new OpenConsole(shop, dir, 1600, 900);
        console.goTo(Destination.settings());
        console.until(() -> console.node(WARNING) != null);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private void type(String field, String text) {
        console.robot.clickOn(field);
        FxToolkit.call(
                () -> {
                    ((TextField) console.frame.scene().lookup(field)).selectAll();
                    return field;
                });
        console.robot.write(text);
    }

    private void fire(String id) {
        console.until(() -> console.node(id) != null);
        FxToolkit.call(
                () -> {
                    ((ButtonBase) console.frame.scene().lookup(id)).fire();
                    return id;
                });
    }

    @Test
    void a_kind_of_act_is_switched_off_and_the_card_says_who_did_it() {
        open();
        fire("#by-itself-vacuum");
        console.until(() -> !shop.settings.autonomy.asking.isEmpty());
        assertThat(shop.settings.autonomy.asking.getFirst().act()).isEqualTo(RoutineAct.VACUUM);
        console.until(
                () ->
                        VisibleTexts.of(console.frame.scene().getRoot()).stream()
                                .anyMatch(t -> t.startsWith("asks first, ")));
        fire("#by-itself-vacuum");
        console.until(() -> shop.settings.autonomy.asking.isEmpty());
    }

    @Test
    void a_table_is_left_alone_with_a_reason_and_proposed_for_again() {
        open();
        fire("#leave-alone");
        write("#leave-alone-table", "orders");
        write("#leave-alone-form-reason", "it is loaded tonight");
        fire("#leave-alone-form-act");
        console.until(() -> console.text("#leave-alone-problem").contains("with its schema"));
        assertThat(shop.settings.autonomy.leftAlone).isEmpty();
        write("#leave-alone-table", "shop.orders");
        fire("#leave-alone-form-act");
        console.until(() -> !shop.settings.autonomy.leftAlone.isEmpty());
        var left = shop.settings.autonomy.leftAlone.getFirst();
        assertThat(left.table()).isEqualTo("shop.orders");
        assertThat(left.reason()).isEqualTo("it is loaded tonight");
        assertThat(left.until()).isEqualTo(FakeShop.NOW.plus(Duration.ofDays(30)));
        console.until(
                () ->
                        console.frame.scene().getRoot().lookupAll(".link").stream()
                                .anyMatch(n -> "propose-again-shop.orders".equals(n.getId())));
        FxToolkit.call(
                () -> {
                    console.frame.scene().getRoot().lookupAll(".link").stream()
                            .filter(n -> "propose-again-shop.orders".equals(n.getId()))
                            .forEach(n -> ((ButtonBase) n).fire());
                    return left;
                });
        console.until(() -> shop.settings.autonomy.leftAlone.isEmpty());
    }

    private void write(String id, String text) {
        console.until(() -> console.node(id) != null);
        FxToolkit.call(
                () -> {
                    ((TextField) console.frame.scene().lookup(id)).setText(text);
                    return id;
                });
    }

    private String field(String id) {
        return FxToolkit.call(() -> ((TextField) console.frame.scene().lookup(id)).getText());
    }

    @Test
    void a_limit_is_typed_saved_and_in_force() {
        open();
        assertThat(console.text("#settings-verdict")).contains("1 of 8 measures outside limits");
        type(WARNING, "15 %");
        console.until(() -> console.text("#pane-save").equals("Save 1 change"));
        assertThat(console.text("#settings-verdict")).contains("1 change not saved");
        assertThat(field("#pane-warning")).as("the pane shows the same limit").isEqualTo("15 %");
        console.robot.push(KeyCode.CONTROL, KeyCode.S);
        console.until(() -> !shop.settings.limits.isEmpty());
        console.until(() -> console.text("#pane-save").equals("Save"));
        assertThat(shop.settings.limits.getFirst().warning()).isEqualTo(0.15);
        assertThat(shop.settings.limits.getFirst().target())
                .as("of this branch alone")
                .isEqualTo(FakeShop.PRODUCTION.key());
        assertThat(shop.settings.made.getFirst().by()).isEqualTo("mira");
        assertThat(shop.settings.made.getFirst().change().what())
                .isEqualTo("Dead rows, production: warning");
        console.goTo(Destination.overview());
        console.until(
                () ->
                        console
                                .robot
                                .lookup("#gauge-max_dead_tuple_ratio .label")
                                .queryAllAs(Labeled.class)
                                .stream()
                                .anyMatch(l -> l.getText().endsWith(" 15 %")));
    }

    @Test
    void a_wrong_limit_says_why_and_is_not_saved_and_escape_takes_it_back() {
        open();
        type(CRITICAL, "8");
        console.until(
                () ->
                        console.robot.lookup(".problem").queryAllAs(Labeled.class).stream()
                                .anyMatch(
                                        l ->
                                                l.isVisible()
                                                        && l.getText()
                                                                .contains(
                                                                        "must be above the warning"
                                                                                + " limit, 10 %")));
        assertThat(console.disabled("#pane-save")).isTrue();
        console.robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(shop.settings.limits).isEmpty();
        console.robot.push(KeyCode.ESCAPE);
        console.until(() -> field(CRITICAL).equals("25 %"));
        assertThat(console.shown("#settings-pane")).as("the first Esc is the field's").isTrue();
    }

    @Test
    void who_leaves_changes_behind_is_asked() {
        open();
        type(WARNING, "15 %");
        FxToolkit.call(
                () -> {
                    console.frame.session().goTo(Destination.overview());
                    return true;
                });
        console.until(() -> console.node("#leave-save") != null);
        assertThat(console.frame.session().destinationProperty().get().screen())
                .isEqualTo(Destination.SETTINGS);
        fire("#leave-save");
        console.until(
                () ->
                        console.frame
                                .session()
                                .destinationProperty()
                                .get()
                                .screen()
                                .equals(Destination.OVERVIEW));
        assertThat(shop.settings.limits).hasSize(1);
    }

    @Test
    void what_is_typed_stays_while_the_state_database_is_away() {
        open();
        type(WARNING, "15 %");
        shop.settings.away = true;
        fire("#pane-save");
        console.until(() -> console.shown("#notice"));
        console.until(() -> console.shown("#state-banner"));
        assertThat(field(WARNING)).isEqualTo("15 %");
        assertThat(console.disabled("#pane-save")).as("it is read only").isTrue();
        shop.settings.away = false;
        console.robot.push(KeyCode.F5);
        console.until(() -> !console.disabled("#pane-save"));
        fire("#pane-save");
        console.until(() -> !shop.settings.limits.isEmpty());
    }

    @Test
    void a_mute_is_ended_and_taken_back() {
        shop.mutes.add(
                new Alerts.Mute(
                        MetricName.SLOWEST_QUERY_SECONDS,
                        Subject.branch("production"),
                        "anna",
                        FakeShop.NOW.minusSeconds(600),
                        FakeShop.NOW.plusSeconds(7200),
                        "backfill"));
        var mute = shop.mutes.getFirst();
        open();
        fire("#end-1");
        console.until(() -> console.shown("#undo-decision"));
        assertThat(shop.mutes).isEmpty();
        assertThat(shop.settings.made.getFirst().change().what())
                .isEqualTo("Mute of Slow query, production");
        fire("#undo-decision");
        console.until(() -> !shop.mutes.isEmpty());
        assertThat(shop.mutes).containsExactly(mute);
    }

    @Test
    void a_channel_is_tried_and_its_own_reason_is_said() {
        open();
        shop.settings.answer = "invalid_token";
        fire("#test-dba-alerts");
        console.until(
                () -> console.text("#settings-verdict").contains("dba-alerts: invalid_token"));
        assertThat(shop.settings.asked).containsExactly("test dba-alerts");
        shop.settings.answer = "";
        console.until(() -> !console.disabled("#test-dba-alerts"));
        fire("#test-dba-alerts");
        console.until(() -> !console.text("#settings-verdict").contains("dba-alerts"));
    }
}
