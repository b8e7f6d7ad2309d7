package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// What we cost a server is counted for an hour, by what asked.
final class LoadMeterTest {
    private final AtomicLong time = new AtomicLong(-Duration.ofMinutes(7).toNanos());
    private final LoadMeter meter = new LoadMeter(time::get);

    private void wait(Duration by) {
        time.addAndGet(by.toNanos());
    }

    @Test
    void statements_are_summed_by_module_and_forgotten_after_an_hour() {
        meter.sent("monitoring", 2_000_000);
        wait(Duration.ofMinutes(30));
        meter.sent("monitoring", 3_000_000);
        meter.sent("indexes", 9_000_000);
        assertThat(meter.lastHour())
                .containsExactly(
                        new OwnLoad.Part("indexes", 1, Duration.ofMillis(9)),
                        new OwnLoad.Part("monitoring", 2, Duration.ofMillis(5)));
        wait(Duration.ofMinutes(31));
        assertThat(meter.lastHour())
                .as("the first minute is out")
                .contains(new OwnLoad.Part("monitoring", 1, Duration.ofMillis(3)));
        wait(Duration.ofMinutes(60));
        meter.sent("vacuum", 1_000_000);
        assertThat(meter.lastHour())
                .containsExactly(new OwnLoad.Part("vacuum", 1, Duration.ofMillis(1)));
    }
}
