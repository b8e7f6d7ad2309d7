package io.lakebaseops.console.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.testing.SampleAnswers;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class AnswerMarkdownTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:02:11Z");
    private final SampleAnswers answers = new SampleAnswers(NOW);

    private static Turn turn(String question, Answer answer) {
        return Turn.asked(UUID.randomUUID(), 1, question, false, Map.of(), NOW).answered(answer);
    }

    @Test
    void tablesSourcesAndStatementsAreInIt() {
        var text =
                AnswerMarkdown.of(
                        List.of(turn("Why *slow*?", answers.slowCheckout())),
                        "shop/production",
                        ZoneOffset.UTC);
        assertThat(text)
                .startsWith("## Why \\*slow\\*?\n\nCheckout takes 100.2 ms")
                .contains("| ms per checkout | yesterday | today | change |")
                .contains("| --- | ---: | ---: | ---: |")
                .contains("| **All 8** | **27.6** | **100.2** |")
                .contains("Source: mean of 14,760 and 10,470 checkouts")
                .contains("ms per checkout, today: 28 ms (2026-11-22 06:02:11 +00:00) → 107 ms")
                .contains("| monitor_connections | 1 | 42 | 19 ms |")
                .contains("```sql\nselect pid, usename, state,")
                .contains("_shop/production, 2026-11-22 14:02:11 +00:00_");
    }

    @Test
    void whatFailedOrWasStoppedSaysSo() {
        var failed =
                AnswerMarkdown.of(List.of(turn("Why?", answers.failed())), "shop", ZoneOffset.UTC);
        assertThat(failed)
                .contains("**Step 4 of 6 failed: statement timeout after 10 s**")
                .contains("identify_tables_needing_vacuum: statement timeout after 10 s");
        var running = Turn.asked(UUID.randomUUID(), 1, "Why?", false, Map.of(), NOW);
        assertThat(
                        AnswerMarkdown.of(
                                List.of(running, running.answered(running.stopped(NOW))),
                                "shop",
                                ZoneOffset.UTC))
                .startsWith("## Why?\n\nStopped half-way.");
    }

    @Test
    void aConversationIsOneJsonArrayAndOneAnswerAnObject() {
        var one = turn("Why?", answers.slowCheckout());
        assertThat(AnswerActs.json(List.of(one)))
                .startsWith("{")
                .contains("\"question\" : \"Why?\"");
        assertThat(AnswerActs.json(List.of(one, one))).startsWith("[");
    }

    @Test
    void anAnswerOfFiveMinutesAgoSaysThatNewerDataIsThere() {
        var answer = answers.slowCheckout();
        assertThat(AnswerText.stale(answer, NOW.plus(Duration.ofMinutes(4)), ZoneOffset.UTC))
                .isEmpty();
        assertThat(AnswerText.stale(answer, NOW.plus(Duration.ofMinutes(6)), ZoneOffset.UTC))
                .isEqualTo("Read at 14:02, newer data is there.");
        assertThat(
                        AnswerText.stale(
                                answers.weather(), NOW.plus(Duration.ofDays(6)), ZoneOffset.UTC))
                .as("nothing was read")
                .isEmpty();
    }
}
