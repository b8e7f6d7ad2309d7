package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.DataAge.Freshness;
import io.lakebaseops.framework.OpsEvent;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;

final class DataAgeTest {
    private final FakeShop shop = FakeShop.busyDay();
    private final DataAge age =
            new DataAge(
                    shop.services(Runnable::run, Path.of("unused")),
                    FakeShop.PRODUCTION,
                    Runnable::run);

    @Test
    void fresh_data_is_live_and_its_age_counts_up() {
        assertThat(age.textProperty().get()).isEqualTo("live, 3 s ago");
        shop.clock.forward(Duration.ofSeconds(4));
        age.tick();
        assertThat(age.textProperty().get()).isEqualTo("live, 7 s ago");
    }

    @Test
    void silence_longer_than_the_limit_is_stale() {
        shop.clock.forward(Duration.ofSeconds(10));
        age.tick();
        assertThat(age.freshnessProperty().get()).isEqualTo(Freshness.STALE);
        assertThat(age.reason()).isEmpty();
    }

    @Test
    void a_reported_outage_is_stale_at_once_and_the_next_round_heals_it() {
        shop.bus.publish(
                new OpsEvent.ReachabilityChanged(
                        FakeShop.PRODUCTION, shop.clock.instant(), false, "connection reset"));
        assertThat(age.freshnessProperty().get()).isEqualTo(Freshness.STALE);
        assertThat(age.reason()).isEqualTo("connection reset");
        shop.clock.forward(Duration.ofSeconds(6));
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, shop.clock.instant()));
        assertThat(age.textProperty().get()).isEqualTo("live, 0 s ago");
    }

    @Test
    void a_clock_set_back_neither_hides_silence_nor_what_is_measured_then() {
        shop.clock.forward(Duration.ofHours(-1));
        age.tick();
        assertThat(age.textProperty().get()).isEqualTo("live, 0 s ago");
        shop.clock.forward(Duration.ofSeconds(20));
        age.tick();
        assertThat(age.freshnessProperty().get()).isEqualTo(Freshness.STALE);
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, shop.clock.instant()));
        assertThat(age.textProperty().get()).isEqualTo("live, 0 s ago");
    }

    @Test
    void a_machine_that_slept_shows_what_it_knew_as_old_until_the_next_round() {
        shop.clock.forward(Duration.ofHours(9));
        age.tick();
        assertThat(age.freshnessProperty().get()).isEqualTo(Freshness.STALE);
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, shop.clock.instant()));
        assertThat(age.freshnessProperty().get()).isEqualTo(Freshness.LIVE);
    }

    @Test
    void the_outage_of_another_branch_does_not_matter_here() {
        shop.bus.publish(
                new OpsEvent.ReachabilityChanged(
                        FakeShop.STAGING, shop.clock.instant(), false, "gone"));
        assertThat(age.freshnessProperty().get()).isEqualTo(Freshness.LIVE);
    }
}
