package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.ConsoleLink;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Links, back and forward, and the palette's objects: ways to a place in the console.
@ScreenTest
@Timeout(180)
final class LinkUiTest {
    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    @BeforeEach
    void open() {
        shop.servers.answer(
                "indexes/relations_named",
                new Object[] {
                    "kind",
                    "table",
                    "schema_name",
                    "shop",
                    "table_name",
                    "inventory",
                    "object_name",
                    "inventory"
                });
        console = new OpenConsole(shop, dir, 1600, 900);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private void follow(String link) {
        FxToolkit.call(
                () -> {
                    console.frame.open(link);
                    return link;
                });
    }

    private static String link(TargetId target, String screen, String... object) {
        return new ConsoleLink(target, screen, List.of(object)).toString();
    }

    private Destination place() {
        return console.frame.session().destinationProperty().get();
    }

    @Test
    void a_link_shows_its_object_on_its_server_also_the_second_time() {
        var plan = SampleDay.FULL.toString();
        follow(link(FakeShop.PRODUCTION, "approvals", plan));
        console.until(() -> place().equals(new Destination(Destination.APPROVALS, plan)));
        console.until(() -> console.node("#plan-title") != null);
        follow(link(FakeShop.STAGING, "branches"));
        console.until(() -> console.frame.session().target().equals(FakeShop.STAGING));
        console.until(() -> place().equals(Destination.branches()));
        follow(link(FakeShop.PRODUCTION, "overview", "metric", "max_dead_tuple_ratio"));
        console.until(() -> console.shown("#evidence .pane-title"));
        assertThat(console.text("#evidence .pane-title")).isEqualTo("Dead rows");
        console.robot.push(KeyCode.ESCAPE);
        console.until(() -> !console.shown("#evidence"));
        follow(link(FakeShop.PRODUCTION, "overview", "metric", "max_dead_tuple_ratio"));
        console.until(() -> console.shown("#evidence"));
    }

    @Test
    void a_link_to_a_tool_opens_its_form_and_runs_nothing() {
        var before = new ArrayList<>(shop.tools.asked);
        follow(link(FakeShop.PRODUCTION, "agents", "schedule_vacuum_analyze"));
        console.until(() -> place().screen().equals(Destination.AGENTS));
        console.settle();
        assertThat(shop.tools.asked).isEqualTo(before);
        assertThat(shop.desk.plans.values()).noneMatch(p -> p.plan().tool().equals("x"));
    }

    @Test
    void what_is_not_understood_opens_nothing_and_is_said() {
        for (var wrong :
                List.of(
                        "lakebaseops://nonsense",
                        link(FakeShop.PRODUCTION, "settings-of-yesterday"),
                        link(FakeShop.PRODUCTION, "approvals", "all"),
                        link(FakeShop.PRODUCTION, "agents", "no_such_tool"),
                        link(FakeShop.PRODUCTION, "overview", "metric", "nothing"),
                        link(FakeShop.PRODUCTION, "cost", "x"),
                        link(new TargetId("elsewhere", "shop", "main"), "overview"))) {
            follow(wrong);
            console.until(this::said);
            assertThat(place()).as(wrong).isEqualTo(Destination.overview());
            assertThat(console.frame.session().target()).isEqualTo(FakeShop.PRODUCTION);
            dismiss();
        }
    }

    private boolean said() {
        return console.frame.scene().lookup("#dismiss-notice").getParent().isVisible();
    }

    private void dismiss() {
        FxToolkit.call(
                () -> {
                    ((javafx.scene.control.Button) console.frame.scene().lookup("#dismiss-notice"))
                            .fire();
                    return true;
                });
        console.until(() -> !said());
    }

    @Test
    void alt_and_the_arrows_go_back_and_forward_through_servers_and_screens() {
        console.goTo(Destination.queries());
        console.goTo(Destination.plan(SampleDay.FULL));
        FxToolkit.call(
                () -> {
                    console.frame.session().lookAt(FakeShop.STAGING);
                    return true;
                });
        FxToolkit.call(
                () -> {
                    console.frame.scene().getRoot().requestFocus();
                    return true;
                });
        press(KeyCode.LEFT);
        assertThat(console.frame.session().target()).isEqualTo(FakeShop.PRODUCTION);
        assertThat(place()).isEqualTo(Destination.plan(SampleDay.FULL));
        press(KeyCode.LEFT);
        assertThat(place()).isEqualTo(Destination.queries());
        press(KeyCode.LEFT);
        press(KeyCode.LEFT);
        assertThat(place()).as("not before the first").isEqualTo(Destination.overview());
        press(KeyCode.RIGHT);
        press(KeyCode.RIGHT);
        press(KeyCode.RIGHT);
        assertThat(console.frame.session().target()).isEqualTo(FakeShop.STAGING);
        console.goTo(Destination.cost());
        press(KeyCode.RIGHT);
        assertThat(place()).as("nothing is ahead of a new place").isEqualTo(Destination.cost());
    }

    private void press(KeyCode arrow) {
        console.robot.press(KeyCode.ALT, arrow).release(arrow, KeyCode.ALT);
        console.settle();
    }

    @Test
    void the_palette_finds_tables_without_asking_for_each_letter() {
        console.robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        console.until(() -> console.shown("#palette"));
        int before = shop.titleReads.get();
        console.robot.write("shop.inv");
        console.until(
                () ->
                        list().getItems().stream()
                                .anyMatch(
                                        c ->
                                                c.toString()
                                                        .contains(
                                                                "title=shop.inventory, kind=table")));
        assertThat(shop.titleReads.get()).as("read once, when it opened").isEqualTo(1);
        assertThat(before).isLessThanOrEqualTo(1);
        assertThat(list().getItems().size()).isLessThan(40);
    }

    private ListView<?> list() {
        return (ListView<?>) console.node("#palette-list");
    }
}
