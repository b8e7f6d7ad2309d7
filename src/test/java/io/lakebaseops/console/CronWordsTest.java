package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *|every minute",
                "*/5 * * * *|every 5 min",
                "0 * * * *|every hour",
                "0 2 * * *|daily 02:00 UTC",
                "30 14 * * *|daily 14:30 UTC",
                "0 */6 * * *|every 6 h",
                "0 3 * * 0|Sun 03:00 UTC",
                "0 3 1 * *|0 3 1 * *",
                "nonsense|nonsense"
            })
    void known_shapes_are_said_in_words_and_others_stay(String cron, String words) {
        assertThat(CronWords.of(cron)).isEqualTo(words);
    }
}
