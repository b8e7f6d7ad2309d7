package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.Fastest;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/// Sixty servers in a window, ten of them down: from the verdict to the overview of one.
@ScreenTest
@Timeout(180)
final class FleetUiTest {
    @TempDir private Path dir;
    private final FakeShop shop = FakeShop.busyDay();
    private OpenConsole console;

    private void open() {
        console = new OpenConsole(shop, dir, 1600, 900);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private String screen() {
        return console.frame.session().destinationProperty().get().screen();
    }

    @Test
    void of_sixty_servers_ten_are_down_and_one_of_them_is_opened() {
        SampleFleet.plain(shop, 60, 10, 2);
        open();
        console.robot.clickOn("#mode-fleet");
        console.until(() -> console.node("#fleet-list") != null);
        console.until(
                () ->
                        console.text("#fleet-verdict")
                                .startsWith(
                                        "2 of 60 are critical, 10 cannot be watched. First: pg-"));
        assertThat(console.text("#show-needs_you")).isEqualTo("12 need you");
        assertThat(drawn()).as("cards that are drawn, not all sixty").isLessThan(60);
        console.robot.clickOn("#fleet-filter").write("state:not-watched pg-07");
        console.until(() -> console.node("#card-pg-07-postgres-10-0-0-7-5432") != null);
        console.until(() -> list().getItems().size() == 2);
        console.robot.push(KeyCode.ESCAPE);
        console.robot.push(KeyCode.RIGHT);
        console.until(() -> console.shown("#fleet-pane"));
        assertThat(console.text("#fleet-pane .pane-title")).isEqualTo("pg-07");
        console.robot.push(KeyCode.ENTER);
        console.until(() -> screen().equals(Destination.OVERVIEW));
        assertThat(console.frame.session().target().profile()).isEqualTo("pg-07");
        console.robot.clickOn("#mode-fleet");
        console.until(() -> screen().equals(Destination.FLEET));
        assertThat(list().getItems()).as("the filter is still there").hasSize(2);
    }

    private long drawn() {
        return FxToolkit.call(
                () -> (long) console.frame.scene().getRoot().lookupAll(".fleet-card").size());
    }

    private ListView<?> list() {
        return (ListView<?>) console.node("#fleet-list");
    }

    @Test
    void a_tile_a_count_and_a_word_not_understood() {
        SampleFleet.drawn(shop);
        open();
        console.goTo(Destination.fleet());
        console.until(() -> console.node("#measure-txid_age") != null);
        console.robot.clickOn("#measure-txid_age");
        console.until(() -> list().getItems().size() == 2);
        console.robot.push(KeyCode.ESCAPE);
        console.until(() -> list().getItems().size() > 5);
        console.robot.clickOn("#show-asleep");
        console.until(() -> console.node("#asleep-cloud-loyalty-dev-production") != null);
        var small = console.node("#asleep-cloud-loyalty-dev-production");
        shop.clock.forward(Duration.ofSeconds(4));
        FxToolkit.call(
                () -> {
                    console.frame.view(Destination.FLEET).model().refresh();
                    return true;
                });
        console.settle();
        assertThat(console.node("#asleep-cloud-loyalty-dev-production"))
                .as("a click that has begun meets what it began on")
                .isSameAs(small);
        console.robot.clickOn("#asleep-cloud-loyalty-dev-production");
        console.until(() -> console.shown("#fleet-pane"));
        assertThat(console.frame.session().target())
                .as("not looked at")
                .isEqualTo(FakeShop.PRODUCTION);
        console.robot.push(KeyCode.SLASH);
        console.robot.write("colour:red");
        // Refused are the letters before it as well, one after the other.
        console.until(
                () ->
                        console.shown("#fleet-refused")
                                && console.text("#fleet-refused")
                                        .startsWith("'colour:' is not known"));
        console.robot.push(KeyCode.ESCAPE).push(KeyCode.G);
        console.until(
                () ->
                        console.frame
                                        .view(Destination.FLEET)
                                        .root()
                                        .lookup("#group-environment:selected")
                                != null);
    }

    @Test
    void the_bar_counts_all_and_the_rail_comes_back_to_the_mode() {
        SampleFleet.drawn(shop);
        open();
        console.goTo(Destination.fleet());
        console.until(() -> console.node("#fleet-counts") != null);
        assertThat(console.shown("#age")).isFalse();
        console.robot.clickOn("#rail-2");
        console.until(() -> screen().equals(Destination.QUERIES));
        assertThat(console.shown("#age")).isTrue();
        console.robot.clickOn("#rail-1");
        console.until(() -> screen().equals(Destination.FLEET));
    }

    @Test
    void two_hundred_branches_are_on_the_screen_at_once() throws Exception {
        SampleFleet.branches(shop, 200);
        open();
        long start = System.nanoTime();
        console.goTo(Destination.fleet());
        console.until(() -> drawn() > 0);
        long first = (System.nanoTime() - start) / 1_000_000;
        FxToolkit.call(
                () -> {
                    console.frame.session().goTo(Destination.overview());
                    return true;
                });
        var again =
                Fastest.of(
                        5,
                        Duration.ofMillis(300),
                        () -> Fastest.wall(() -> open(Destination.fleet())));
        System.out.println(
                "200 branches: first " + first + " ms, again " + again.toMillis() + " ms");
        assertThat(drawn()).isLessThan(45);
    }

    private boolean open(Destination to) {
        return FxToolkit.call(
                () -> {
                    console.frame.session().goTo(to);
                    console.frame.scene().getRoot().applyCss();
                    console.frame.scene().getRoot().layout();
                    return true;
                });
    }
}
