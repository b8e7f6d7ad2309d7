package io.lakebaseops.console.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.FakeWork;
import io.lakebaseops.console.Notice;
import io.lakebaseops.console.Screen;
import io.lakebaseops.framework.OpsEvent;

import javafx.collections.ListChangeListener;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

final class ShellViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final ShellViewModel model = model();

    private ShellViewModel model() {
        var services = shop.services(Runnable::run, Path.of("unused"));
        return new ShellViewModel(
                new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run),
                ConsoleScreens.of(services),
                services.timeline(),
                services.jobs(),
                services.framework(),
                services.queue(),
                services.running());
    }

    @BeforeEach
    void open() {
        model.activate();
    }

    private void events(int n) {
        for (int i = 0; i < n; i++) {
            shop.bus.publish(
                    new OpsEvent.PlanChanged(
                            FakeShop.PRODUCTION, FakeShop.NOW, UUID.randomUUID(), "DONE"));
            shop.bus.publish(
                    new OpsEvent.RunEnded(
                            FakeShop.PRODUCTION, FakeShop.NOW, UUID.randomUUID(), "x", "OK"));
            shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, FakeShop.NOW));
        }
    }

    @Test
    void no_event_asks_the_control_plane_and_a_second_of_events_is_one_read() {
        assertThat(shop.listings).as("the listing at the start").hasValue(1);
        int before = shop.jobs.asked.get();
        events(500);
        assertThat(shop.jobs.asked).as("nothing is read before the tick").hasValue(before);
        model.tick();
        assertThat(shop.jobs.asked).hasValue(before + 1);
        model.tick();
        assertThat(shop.jobs.asked).as("nothing happened since").hasValue(before + 1);
        assertThat(shop.listings).hasValue(1);
    }

    @Test
    void a_branch_of_ours_and_a_persons_refresh_list_the_targets_anew_and_so_does_time() {
        shop.bus.publish(
                new OpsEvent.BranchCreated(FakeShop.PRODUCTION, FakeShop.NOW, "dev", "production"));
        model.tick();
        assertThat(shop.listings).hasValue(2);
        model.reload();
        assertThat(shop.listings).hasValue(3);
        shop.clock.forward(Duration.ofSeconds(30));
        events(1);
        model.tick();
        assertThat(shop.listings).hasValue(3);
        shop.clock.forward(Duration.ofSeconds(40));
        events(1);
        model.tick();
        assertThat(shop.listings).hasValue(4);
    }

    @Test
    void the_badge_counts_what_another_console_filed_without_any_event() {
        var one = Objects.requireNonNull(shop.desk.plans.values().iterator().next());
        shop.desk.plans.remove(one.id());
        model.reload();
        int waiting = badge();
        shop.desk.putElsewhere(one);
        model.tick();
        model.tick();
        assertThat(badge()).isEqualTo(waiting + 1);
    }

    private int badge() {
        return Objects.requireNonNull(model.dataProperty().get()).badges().get("approvals");
    }

    @Test
    void listeners_of_the_running_work_live_as_long_as_the_model() {
        var seen = new ArrayList<Integer>();
        model.work().addListener((ListChangeListener<Object>) c -> seen.add(c.getList().size()));
        System.gc();
        shop.work.add(new FakeWork<>("Vacuum shop.orders", -1, "scanning heap", false, 1));
        model.tick();
        System.gc();
        shop.work.clear();
        model.tick();
        assertThat(seen).containsExactly(1, 0);
    }

    @Test
    void profiles_that_could_not_be_opened_are_listed_until_dismissed() {
        model.sayTroubles(List.of("connections.yaml, entry 2 (bad): kind is missing"));
        events(3);
        model.tick();
        assertThat(model.noticeProperty().get())
                .extracting(Notice::text)
                .asString()
                .contains("entry 2 (bad)");
    }

    @Test
    void two_screens_of_one_id_or_key_are_refused_at_the_start() {
        var a = screen("a", "Shortcut+1");
        assertThatThrownBy(() -> ConsoleScreens.checked(List.of(a, screen("a", "Shortcut+2"))))
                .hasMessageContaining("Screen a");
        assertThatThrownBy(() -> ConsoleScreens.checked(List.of(a, screen("b", "Shortcut+1"))))
                .hasMessageContaining("Screen b");
    }

    static Screen screen(String id, String key) {
        return new Screen(
                id,
                id,
                Feather.BOX,
                key,
                _ -> {
                    throw new AssertionError(id + " was made though nobody visited it");
                },
                null);
    }
}
