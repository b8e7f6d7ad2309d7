package io.lakebaseops.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

final class FormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CACHE_HIT_RATIO|0.996|99.6 %",
                "CACHE_HIT_RATIO|0.99994|99.99 %",
                "CACHE_HIT_RATIO|1|100 %",
                "TPS|1284.4|1,284 / s",
                "SLOWEST_QUERY_SECONDS|0.0042|4.2 ms",
                "SLOWEST_QUERY_SECONDS|1.9|1.9 s",
                "SLOWEST_QUERY_SECONDS|180|3 min",
                "TXID_AGE|212000000|212 M",
                "DATABASE_SIZE_BYTES|50646221|48.3 MB",
                "DEADLOCKS_PER_HOUR|0|0 / h",
                "MEAN_LATENCY_MS|2.13|2.1 ms"
            })
    void figures_have_sensible_digits_and_their_unit(MetricName m, double value, String shown) {
        assertThat(Format.of(m, value)).hasToString(shown);
    }

    @Test
    void ages_are_rounded_down_to_one_unit() {
        var now = Instant.parse("2026-11-22T14:02:11Z");
        assertThat(Format.ago(now.minusSeconds(3), now)).isEqualTo("3 s ago");
        assertThat(Format.ago(now.minusSeconds(179), now)).isEqualTo("2 min ago");
        assertThat(Format.briefly(Duration.ofHours(49))).isEqualTo("2 d");
        assertThat(Format.briefly(Duration.ofSeconds(-5))).isEqualTo("0 s");
    }

    @Test
    void another_day_is_shown_as_a_date() {
        var now = Instant.parse("2026-11-22T14:02:11Z");
        assertThat(Format.clock(now.minusSeconds(60), now, ZoneOffset.UTC)).isEqualTo("14:01");
        assertThat(Format.clock(now.minus(Duration.ofDays(2)), now, ZoneOffset.UTC))
                .isEqualTo("20 Nov");
    }
}
