package io.lakebaseops.ask.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.ZoneOffset;

/// Ranges of time in plain words, on a Friday afternoon.
final class TimeWordsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T14:02:00Z");

    @ParameterizedTest
    @CsvSource({
        "why slow since this morning, 2026-11-27T06:00:00Z, 2026-11-27T14:02:00Z",
        "what happened yesterday, 2026-11-26T00:00:00Z, 2026-11-27T00:00:00Z",
        "what changed since yesterday, 2026-11-26T00:00:00Z, 2026-11-27T14:02:00Z",
        "locks in the last 3 hours, 2026-11-27T11:02:00Z, 2026-11-27T14:02:00Z",
        "in the last hour, 2026-11-27T13:02:00Z, 2026-11-27T14:02:00Z",
        "since 9am, 2026-11-27T09:00:00Z, 2026-11-27T14:02:00Z",
        "since 18:30, 2026-11-26T18:30:00Z, 2026-11-27T14:02:00Z",
        "growth last week, 2026-11-20T14:02:00Z, 2026-11-27T14:02:00Z",
        "since monday, 2026-11-23T00:00:00Z, 2026-11-27T14:02:00Z",
        "two days ago, 2026-11-25T14:02:00Z, 2026-11-27T14:02:00Z",
        "did it alert last night, 2026-11-26T22:00:00Z, 2026-11-27T06:00:00Z",
        "seit heute früh, 2026-11-27T06:00:00Z, 2026-11-27T14:02:00Z",
        "in den letzten 3 Stunden, 2026-11-27T11:02:00Z, 2026-11-27T14:02:00Z",
        "seit gestern, 2026-11-26T00:00:00Z, 2026-11-27T14:02:00Z",
        "desde ayer, 2026-11-26T00:00:00Z, 2026-11-27T14:02:00Z",
        "en las últimas 3 horas, 2026-11-27T11:02:00Z, 2026-11-27T14:02:00Z",
        "esta mañana, 2026-11-27T06:00:00Z, 2026-11-27T14:02:00Z",
    })
    void words_become_ranges(String text, Instant from, Instant until) {
        assertThat(TimeWords.find(text, NOW, ZoneOffset.UTC))
                .hasValueSatisfying(
                        span -> {
                            assertThat(span.from()).isEqualTo(from);
                            assertThat(span.until()).isEqualTo(until);
                        });
    }

    @Test
    void a_chosen_range_comes_back_and_no_time_is_no_time() {
        assertThat(
                        TimeWords.chosen(
                                "2026-11-26T00:00:00Z/2026-11-26T02:00:00Z", NOW, ZoneOffset.UTC))
                .hasValueSatisfying(s -> assertThat(s.until()).isBefore(NOW));
        assertThat(TimeWords.find("what are the largest tables", NOW, ZoneOffset.UTC)).isEmpty();
    }
}
