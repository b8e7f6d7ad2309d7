package io.lakebaseops.agents.performance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.lakehouse.history.WaitInterval;
import io.lakebaseops.lakehouse.history.WaitInterval.Key;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

final class SampledWaitsTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Key CPU = new Key("CPU", null, "client backend", "d", "r", "a", 1L);

    private final SampledWaits waits = new SampledWaits("run", Duration.ofSeconds(1));

    private void sample(double second, long sessions) {
        waits.add(
                new ActiveSessions(
                        START.plusMillis((long) (second * 1000)),
                        sessions == 0 ? Map.of() : Map.of(CPU, sessions),
                        0,
                        null));
    }

    private static double active(WaitInterval interval) {
        return interval.samples().getOrDefault(CPU, 0L)
                * interval.periodSeconds()
                / interval.seconds();
    }

    @Test
    void tenSamplesAreOneInterval() {
        for (int i = 0; i <= 10; i++) {
            sample(i + 0.3, 2);
        }
        assertThat(waits.held())
                .singleElement()
                .satisfies(
                        i -> {
                            assertThat(i.until()).isEqualTo(START.plusSeconds(10));
                            assertThat(i.seconds()).isEqualTo(10);
                            assertThat(i.periodSeconds()).isEqualTo(1);
                            assertThat(active(i)).isEqualTo(2);
                        });
    }

    @Test
    void missedSamplesMakeThePeriodLongerAndNotTheLoadSmaller() {
        for (int i = 0; i < 10; i += 2) {
            sample(i + 0.5, 4);
        }
        sample(10.5, 4);
        assertThat(waits.held().getFirst().periodSeconds()).isEqualTo(2);
        assertThat(active(waits.held().getFirst())).isEqualTo(4);
    }

    @Test
    void anIntervalBegunLateOrEndedEarlyIsShort() {
        sample(7.2, 1);
        sample(8.2, 1);
        sample(9.2, 1);
        sample(10.2, 1);
        sample(11.2, 1);
        waits.endInterval();
        assertThat(waits.held()).extracting(WaitInterval::seconds).containsExactly(3.8, 1.2);
        assertThat(waits.held())
                .extracting(WaitInterval::from)
                .containsExactly(START.plusMillis(6200), START.plusSeconds(10));
        assertThat(waits.held()).allSatisfy(i -> assertThat(active(i)).isEqualTo(1));
    }

    @Test
    void nobodyActiveIsAnIntervalToo() {
        sample(1, 0);
        sample(11, 0);
        assertThat(waits.held()).hasSize(1);
        assertThat(waits.held().getFirst().samples()).isEmpty();
    }

    @Test
    void whatIsWrittenGoesAndWhatCannotBeWrittenIsBounded() {
        for (int i = 0; i <= SampledWaits.MOST_HELD + 50; i++) {
            sample(10.0 * i + 0.5, 1);
        }
        var held = waits.held();
        assertThat(held).hasSize(SampledWaits.MOST_HELD);
        waits.written(held);
        assertThat(waits.held()).isEmpty();
    }
}
