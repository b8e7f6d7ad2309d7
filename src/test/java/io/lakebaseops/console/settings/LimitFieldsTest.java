package io.lakebaseops.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.console.settings.LimitFields.Field;
import io.lakebaseops.domain.MetricName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;

/// Limits as they are typed: units, and what is wrong with them.
final class LimitFieldsTest {
    static List<Watched> watched() {
        return MetricDefinitions.standard().watched();
    }

    private static AlertRule rule(MetricName metric) {
        return MetricDefinitions.standard().watched(metric).orElseThrow().rule();
    }

    private static LimitFields standard(MetricName metric) {
        return LimitFields.of(metric, rule(metric).limits());
    }

    @ParameterizedTest
    @MethodSource("watched")
    void what_is_shown_is_read_back_as_it_was(Watched w) {
        var fields = LimitFields.of(w.rule().metric(), w.rule().limits());
        assertThat(fields.check(w.rule()).limits()).isEqualTo(w.rule().limits());
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_DEAD_TUPLE_RATIO, 15, 0.15",
        "MAX_DEAD_TUPLE_RATIO, 15 %, 0.15",
        "MAX_DEAD_TUPLE_RATIO, 12.55%, 0.1255",
        "TXID_AGE, 500 M, 500000000",
        "TXID_AGE, 1.2 B, 1200000000",
        "LOCK_WAIT_SECONDS, 2 min, 120",
        "LOCK_WAIT_SECONDS, 45, 45",
        "DEADLOCKS_PER_HOUR, 3 / h, 3"
    })
    void numbers_are_read_with_their_unit_or_without(MetricName metric, String text, double value) {
        assertThat(LimitText.read(metric, text)).contains(value);
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_DEAD_TUPLE_RATIO, 15 s",
        "MAX_DEAD_TUPLE_RATIO, -5",
        "MAX_DEAD_TUPLE_RATIO, ''",
        "TXID_AGE, 500 MB",
        "LOCK_WAIT_SECONDS, soon",
        "LOCK_WAIT_SECONDS, '1,000'"
    })
    void what_is_no_number_of_the_metric_is_refused(MetricName metric, String text) {
        assertThat(LimitText.read(metric, text)).isEmpty();
    }

    @Test
    void critical_must_be_beyond_warning_on_the_side_where_things_are_wrong() {
        var dead = standard(MetricName.MAX_DEAD_TUPLE_RATIO).with(Field.CRITICAL, "8 %");
        assertThat(dead.check(rule(MetricName.MAX_DEAD_TUPLE_RATIO)).problems())
                .containsEntry(Field.CRITICAL, "must be above the warning limit, 10 %");
        var cache = standard(MetricName.CACHE_HIT_RATIO).with(Field.CRITICAL, "99.5 %");
        assertThat(cache.check(rule(MetricName.CACHE_HIT_RATIO)).problems())
                .containsEntry(Field.CRITICAL, "must be below the warning limit, 99 %");
        assertThat(cache.check(rule(MetricName.CACHE_HIT_RATIO)).limits()).isNull();
    }

    @Test
    void an_alert_that_could_never_close_is_refused() {
        var dead = standard(MetricName.MAX_DEAD_TUPLE_RATIO).with(Field.WARNING, "1 %");
        assertThat(dead.check(rule(MetricName.MAX_DEAD_TUPLE_RATIO)).problems())
                .as("it closes two points below one percent")
                .containsEntry(Field.MARGIN, "it would never close: at most 1 %");
        var cache = standard(MetricName.CACHE_HIT_RATIO).with(Field.WARNING, "99.9 %");
        assertThat(cache.check(rule(MetricName.CACHE_HIT_RATIO)).problems())
                .containsKey(Field.MARGIN);
    }

    @Test
    void hold_times_are_bounded_by_what_is_remembered() {
        var metric = MetricName.LOCK_WAIT_SECONDS;
        var fields = standard(metric);
        assertThat(fields.with(Field.OPENS, "3 h").check(rule(metric)).problems())
                .containsEntry(Field.OPENS, "at most 2 h");
        var five = fields.with(Field.OPENS, "5 min").check(rule(metric)).limits();
        assertThat(five).isNotNull();
        assertThat(five.forAtLeast()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0.5", "0.15, 0.2", "7, 10", "2, 2", "0.0011, 0.002"})
    void a_drawn_limit_is_a_round_number(double about, double step) {
        assertThat(DayBars.step(about)).isCloseTo(step, org.assertj.core.data.Offset.offset(1e-9));
    }
}
