package io.lakebaseops.console.vacuum;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.maintenance.SampleVacuum;
import io.lakebaseops.agents.performance.maintenance.ScheduleVacuumAnalyze.Window;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.FakeVacuum;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.PostponedVacuums.Postponed;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;

/// What the vacuum screen says and plans, with background work done when the test says so.
final class VacuumViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final ConsoleServices services = shop.services(background::add, Path.of("unused"));
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final VacuumViewModel model =
            new VacuumViewModel(
                    session,
                    services.performance().vacuum(),
                    services.performance().postponed(),
                    services.framework());

    private void work() {
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    private VacuumSnapshot picture() {
        return Objects.requireNonNull(model.dataProperty().get());
    }

    private String verdict() {
        return VacuumVerdict.of(picture(), ZoneOffset.UTC).sentence();
    }

    @Test
    void the_holder_comes_before_the_tables_and_what_its_end_releases_is_said() {
        model.activate();
        work();

        assertThat(verdict())
                .isEqualTo(
                        "Vacuum cannot clean shop.inventory: session 41822, idle in a transaction"
                                + " since 08:47, holds back 645,000 dead rows. Ending it releases"
                                + " 1,012,400 rows in 6 tables. Wraparound is far.");
        assertThat(VacuumVerdict.of(picture(), ZoneOffset.UTC).role()).isEqualTo(Role.CRITICAL);
        assertThat(Objects.requireNonNull(model.selectedProperty().get()).table().name())
                .as("the worst is open")
                .isEqualTo("shop.inventory");
        assertThat(Objects.requireNonNull(model.selectedProperty().get()).history()).isNotNull();
    }

    @Test
    void without_a_holder_the_latest_table_is_named_and_without_one_all_is_well() {
        var now = FakeShop.NOW;
        var late =
                SampleVacuum.table(
                        now, "shop", "orders", false, 2_860_000, 614_000, 572_050, 0L, 0.5, 0.6, 21,
                        0.06, 0.12, 3_480, -1, false);
        shop.vacuum.round = FakeVacuum.round(now, List.of(), List.of(late));
        model.activate();
        work();
        assertThat(verdict())
                .startsWith(
                        "One table is past its limit: shop.orders has 614,000 dead rows against a"
                                + " limit of 572,050, late by 21 min.");

        shop.vacuum.round = FakeVacuum.round(now, List.of(), List.of());
        model.refresh();
        work();
        assertThat(verdict())
                .startsWith(
                        "Nothing to clean: no table is above 20 % of a limit. Wraparound is far");
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.EMPTY);
        assertThat(model.selectedProperty().get()).as("what is gone is closed").isNull();
    }

    @Test
    void counters_that_began_anew_are_unknown_and_never_zero() {
        var now = FakeShop.NOW;
        var lost = SampleVacuum.lost(now, "orders");
        assertThat(lost.notable()).isTrue();
        assertThat(VacuumWords.next(lost, now, ZoneOffset.UTC)).isEqualTo("unknown");

        shop.vacuum.round = SampleVacuum.reset(now);
        model.activate();
        work();
        assertThat(verdict())
                .startsWith(
                        "How many rows are dead is unknown in 2 tables since 12:02: their counters"
                                + " began anew.");
        assertThat(VacuumVerdict.of(picture(), ZoneOffset.UTC).role()).isEqualTo(Role.WARNING);
    }

    @Test
    void each_round_of_the_live_measuring_is_read_once_however_many_there_are() {
        model.activate();
        work();
        shop.vacuum.reads.set(0);
        for (int i = 0; i < 50; i++) {
            shop.bus.publish(
                    new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, FakeShop.NOW.plusSeconds(i)));
        }
        work();
        assertThat(shop.vacuum.reads.get()).isBetween(1, 2);
    }

    @Test
    void acts_run_the_tools_and_nothing_else() {
        model.activate();
        work();
        var table = Objects.requireNonNull(model.selectedProperty().get()).table();
        model.planVacuum(table, Window.LOW_TRAFFIC);
        model.planSettings(table);
        model.planEnd(picture().holder().orElseThrow());
        model.planFull(table);
        work();
        assertThat(shop.tools.asked)
                .containsExactly(
                        "schedule_vacuum_analyze {\"tables\":[{\"database\":\"storefront\",\"schema\":\"shop\",\"table\":\"inventory\"}],\"window\":\"LOW_TRAFFIC\"} on "
                                + FakeShop.PRODUCTION,
                        "tune_autovacuum_parameters {\"schema\":\"shop\",\"table\":\"inventory\"} on "
                                + FakeShop.PRODUCTION,
                        "terminate_idle_connections {\"pid\":41822} on " + FakeShop.PRODUCTION,
                        "schedule_vacuum_full {\"database\":\"storefront\",\"schema\":\"shop\",\"table\":\"inventory\"} on "
                                + FakeShop.PRODUCTION);
    }

    @Test
    void nothing_is_planned_on_a_standby() {
        shop.vacuum.round = SampleVacuum.standby(FakeShop.NOW);
        model.activate();
        work();
        model.planVacuum(
                Objects.requireNonNull(model.selectedProperty().get()).table(), Window.NOW);
        work();
        assertThat(shop.tools.asked).isEmpty();
    }

    @Test
    void what_waits_for_the_quiet_hours_is_shown_and_can_be_taken_off() {
        shop.postponed.add(
                new Postponed(
                        FakeShop.PRODUCTION,
                        "storefront",
                        "shop",
                        "inventory",
                        "mira",
                        Instant.parse("2026-11-23T03:00:00Z")));
        model.activate();
        work();
        var table = Objects.requireNonNull(model.selectedProperty().get()).table();
        assertThat(picture().waits(table)).isTrue();
        model.withdraw(table);
        work();
        assertThat(picture().waits(table)).isFalse();
    }

    @Test
    void a_history_that_cannot_be_read_takes_nothing_else_away() {
        shop.vacuum.noHistory =
                new OpsException(
                        OpsException.Kind.UNREACHABLE, "Reading the history", "gone", "wait");
        model.activate();
        work();
        assertThat(picture().quiet()).isNull();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
        assertThat(Objects.requireNonNull(model.selectedProperty().get()).history()).isNotNull();
    }

    @Test
    void a_failed_read_keeps_the_last_picture_and_another_server_begins_anew() {
        model.activate();
        work();
        shop.vacuum.broken =
                new OpsException(
                        OpsException.Kind.UNREACHABLE, "Reading", "connection refused", "start it");
        model.refresh();
        work();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.FAILED);
        assertThat(model.troubleProperty().get()).contains("connection refused");
        assertThat(picture().tables()).isNotEmpty();

        session.lookAt(FakeShop.STAGING);
        assertThat(model.dataProperty().get()).isNull();
        assertThat(model.selectedProperty().get()).isNull();
    }

    @Test
    void at_most_four_tables_are_simulated_together() {
        model.activate();
        work();
        for (var name : List.of("a", "b", "c", "d", "e")) {
            model.simulate(name, true);
        }
        assertThat(model.simulatedProperty().get()).hasSize(4).startsWith("shop.inventory");
        model.simulate("a", false);
        assertThat(model.simulatedProperty().get()).hasSize(3);
    }
}
