package io.lakebaseops.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.framework.OpsEvent;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

final class OverviewViewModelTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final ConsoleServices services = shop.services(Runnable::run, Path.of("unused"));
    private final ConsoleSession session =
            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run);
    private final OverviewViewModel model = new OverviewViewModel(session, services);

    private OverviewSnapshot picture() {
        return Objects.requireNonNull(model.dataProperty().get());
    }

    @Test
    void the_verdict_names_the_worst_measure_and_what_waits() {
        model.activate();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
        assertThat(picture().verdict())
                .isEqualTo(
                        new Verdict(
                                Role.WARNING,
                                "shop.inventory has 14.2 % dead rows. 3 plans wait for you."));
    }

    @Test
    void a_calm_server_is_said_to_be_well() {
        shop.metric(MetricName.MAX_DEAD_TUPLE_RATIO, 0.02, "shop.inventory");
        shop.alerts.clear();
        shop.desk.plans.clear();
        model.activate();
        assertThat(picture().verdict())
                .isEqualTo(new Verdict(Role.OK, "All is well: 7 measures within limits."));
    }

    @Test
    void a_value_that_cannot_be_had_is_a_dash_with_its_reason() {
        model.activate();
        var lag = picture().gauges().getLast();
        assertThat(lag.text()).isEqualTo("–");
        assertThat(lag.available()).isFalse();
        assertThat(lag.detail()).isEqualTo("no replica");
    }

    @Test
    void saved_time_counts_only_repairs_that_were_verified_today() {
        model.activate();
        assertThat(picture().today().saved()).contains(Duration.ofMinutes(30));
        shop.desk.plans.values().removeIf(p -> p.verification() != null);
        model.refresh();
        assertThat(picture().today().saved()).isEmpty();
    }

    @Test
    void a_lost_connection_keeps_the_old_data_and_says_stale() {
        model.activate();
        shop.bus.publish(
                new OpsEvent.ReachabilityChanged(
                        FakeShop.PRODUCTION, shop.clock.instant(), false, "reset"));
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.STALE);
        assertThat(picture().gauges().getFirst().text()).isEqualTo("99.6");
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, shop.clock.instant()));
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
    }

    @Test
    void a_failed_read_says_what_failed_and_recovers_on_the_next() {
        shop.broken =
                new OpsException(
                        OpsException.Kind.UNREACHABLE, "Reading findings", "refused", "start it");
        model.activate();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.FAILED);
        assertThat(model.troubleProperty().get()).contains("refused").contains("start it");
        shop.broken = null;
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(ScreenState.READY);
    }

    @Test
    void nothing_measured_and_nothing_known_is_empty() {
        var bare = new FakeShop();
        var own = bare.services(Runnable::run, Path.of("unused"));
        var empty =
                new OverviewViewModel(
                        new ConsoleSession(own, FakeShop.PRODUCTION, Runnable::run), own);
        empty.activate();
        assertThat(empty.stateProperty().get()).isEqualTo(ScreenState.EMPTY);
    }

    @Test
    void leaving_the_screen_ends_its_subscription() {
        int before = shop.bus.subscribers();
        model.activate();
        model.activate();
        assertThat(shop.bus.subscribers()).isEqualTo(before + 1);
        model.deactivate();
        assertThat(shop.bus.subscribers()).isEqualTo(before);
    }

    @Test
    void acknowledging_names_the_person_and_shows_it() {
        model.activate();
        model.acknowledge(picture().alerts().getFirst());
        assertThat(shop.said).containsExactly("acknowledge a1 by mira");
        assertThat(picture().alerts().getFirst().acknowledgedBy()).isEqualTo("mira");
    }

    @Test
    void another_branch_shows_its_own_data_not_the_last_ones() {
        model.activate();
        session.lookAt(FakeShop.STAGING);
        assertThat(picture().measuredAt()).isNull();
        assertThat(picture().waiting()).isEmpty();
    }
}
