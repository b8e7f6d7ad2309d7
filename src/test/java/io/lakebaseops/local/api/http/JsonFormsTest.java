package io.lakebaseops.local.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

final class JsonFormsTest {
    @Property(tries = 200)
    void a_duration_survives_being_written(
            @ForAll @LongRange(min = 0, max = 1L << 40) long seconds,
            @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
        Duration duration = Duration.ofSeconds(seconds, nanos);
        assertThat(Json.parseDuration("ttl", Json.seconds(duration))).isEqualTo(duration);
    }

    @Test
    void durations_are_seconds_with_a_unit() {
        assertThat(Json.seconds(Duration.ofDays(1))).isEqualTo("86400s");
        assertThat(Json.seconds(Duration.ofMillis(1500))).isEqualTo("1.5s");
        for (String wrong : new String[] {"86400", "1d", "s", ""}) {
            assertThatThrownBy(() -> Json.parseDuration("spec.ttl", wrong))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("spec.ttl");
        }
    }

    @Test
    void times_are_rfc_3339_in_any_zone() {
        assertThat(Json.parseTime("t", "2026-01-01T02:00:00+02:00"))
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThatThrownBy(() -> Json.parseTime("spec.expire_time", "tomorrow"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("spec.expire_time");
    }
}
