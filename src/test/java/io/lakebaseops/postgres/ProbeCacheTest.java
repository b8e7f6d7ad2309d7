package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/// How long what is known of a login's rights is believed.
final class ProbeCacheTest {
    private static final Instant STARTED = Instant.parse("2026-03-01T00:00:00Z");

    private Instant now = Instant.parse("2026-03-02T12:00:00Z");
    private int looks;
    private final ProbeCache cache =
            new ProbeCache(
                    new Clock() {
                        @Override
                        public Instant instant() {
                            return now;
                        }

                        @Override
                        public ZoneId getZone() {
                            return ZoneOffset.UTC;
                        }

                        @Override
                        public Clock withZone(ZoneId zone) {
                            return this;
                        }
                    });

    private int looksAfter(String login, Instant started, String... roles) {
        cache.get(
                login,
                started,
                () -> {
                    looks++;
                    var can =
                            new Capabilities(
                                    170_000,
                                    login,
                                    false,
                                    false,
                                    Set.of(roles),
                                    Map.of("pg_stat_statements", "1.11"),
                                    Set.of(),
                                    Map.of(),
                                    started,
                                    now);
                    return new Probe(can, Map.of());
                });
        return looks;
    }

    @Test
    void whatIsThereIsBelievedForMinutesAndWhatIsMissingShortly() {
        assertThat(looksAfter("app", STARTED)).isEqualTo(1);
        now = now.plusSeconds(29);
        assertThat(looksAfter("app", STARTED, "pg_monitor")).isEqualTo(1);
        now = now.plusSeconds(2);
        assertThat(looksAfter("app", STARTED, "pg_monitor")).as("granted").isEqualTo(2);
        now = now.plus(Duration.ofMinutes(4));
        assertThat(looksAfter("app", STARTED, "pg_monitor")).isEqualTo(2);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(looksAfter("app", STARTED, "pg_monitor")).isEqualTo(3);
    }

    @Test
    void anotherLoginARestartAndAQueryThatProvesItWrongLookAgain() {
        assertThat(looksAfter("app", STARTED, "pg_read_all_stats")).isEqualTo(1);
        assertThat(looksAfter("dba", STARTED, "pg_monitor")).isEqualTo(2);
        assertThat(looksAfter("dba", STARTED.plusSeconds(1), "pg_monitor")).isEqualTo(3);
        assertThat(looksAfter("dba", STARTED.plusSeconds(1), "pg_monitor")).isEqualTo(3);
        cache.forget();
        assertThat(looksAfter("dba", STARTED.plusSeconds(1), "pg_monitor")).isEqualTo(4);
    }
}
