package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class CronTest {
    @ParameterizedTest
    @CsvSource({
        "*/5 * * * *, 2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z, 2026-03-01T10:05:00Z",
        "*/5 * * * *, 2026-03-01T10:00:00.2Z, 2026-03-01T10:00:00Z, 2026-03-01T10:05:00Z",
        "*/5 * * * *, 2026-03-01T09:59:59.999Z, 2026-03-01T09:55:00Z, 2026-03-01T10:00:00Z",
        "0 * * * *, 2026-03-01T10:30:00Z, 2026-03-01T10:00:00Z, 2026-03-01T11:00:00Z",
        "0 2 * * *, 2026-03-29T02:00:01Z, 2026-03-29T02:00:00Z, 2026-03-30T02:00:00Z",
        "0 */6 * * *, 2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z, 2026-10-25T06:00:00Z",
        "0 3 * * 0, 2026-03-02T00:00:00Z, 2026-03-01T03:00:00Z, 2026-03-08T03:00:00Z",
    })
    void lastIsNotAfterAndNextIsStrictlyAfter(
            String expression, Instant now, Instant last, Instant next) {
        var cron = new Cron(expression);
        assertThat(cron.last(now)).isEqualTo(last);
        assertThat(cron.next(now)).isEqualTo(next);
    }
}
