package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.Metric.Condition;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.postgres.SqlLibrary;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

final class MetricDefinitionsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MetricDefinitions definitions = MetricDefinitions.standard();

    @Test
    void everyMetricHasOneDefinitionAndAUnit() {
        assertThat(definitions.all().stream().map(MetricDefinition::name))
                .containsExactlyInAnyOrder(MetricName.values());
        assertThat(definitions.all()).allSatisfy(d -> assertThat(d.name().unit()).isNotBlank());
    }

    @Test
    void whatIsWatchedHasAllItsParts() {
        var sql = SqlLibrary.fromClassPath();
        assertThat(definitions.watched())
                .hasSize(8)
                .allSatisfy(
                        w -> {
                            var rule = w.rule();
                            var gauge = w.gauge();
                            assertThat(definitions.watched(rule.metric())).contains(w);
                            assertThat(rule.reason()).isNotBlank();
                            assertThat(rule.severityOf(gauge.worst()))
                                    .as("the scale ends beyond the critical limit")
                                    .contains(Severity.CRITICAL);
                            assertThat(rule.severityOf(gauge.best())).isEmpty();
                            assertThat(sql.file(w.evidence().query(), 17).body()).isNotBlank();
                            assertThat(w.evidence().title()).isNotBlank();
                            var metric =
                                    new Metric(
                                            rule.metric(),
                                            Observed.live(rule.critical(), NOW),
                                            "shop.t",
                                            Condition.MEASURED);
                            assertThat(w.sentence(metric)).containsPattern("[0-9]");
                            assertThat(AlertWords.of(w, Severity.WARNING, rule.critical(), "x"))
                                    .startsWith(gauge.title() + " ");
                        });
        assertThat(definitions.watched().stream().map(w -> w.gauge().title()))
                .doesNotHaveDuplicates();
    }

    @Test
    void limitsStandAtTheSamePlaceOnEveryGaugeAndTheWorstHasMostInk() {
        for (var w : definitions.watched()) {
            var rule = w.rule();
            var gauge = w.gauge();
            var values =
                    new double[] {gauge.best(), rule.warning(), rule.critical(), gauge.worst()};
            var shares =
                    Arrays.stream(values)
                            .map(v -> gauge.share(v, rule.warning(), rule.critical()))
                            .toArray();
            assertThat(shares).containsExactly(new double[] {0, 0.5, 0.75, 1}, within(1e-9));
        }
        var cache = definitions.watched(MetricName.CACHE_HIT_RATIO).orElseThrow();
        assertThat(cache.gauge().share(0.3, 0.99, 0.95)).isEqualTo(1);
        assertThat(cache.gauge().share(1.0, 0.99, 0.95)).isZero();
    }

    @Test
    void deadlocksAreCountedByTheHour() {
        var window = new Deadlocks.Window();
        assertThat(window.add(NOW, 7).perHour()).isZero();
        assertThat(window.add(NOW.plusSeconds(600), 9).perHour())
                .as("ten minutes are not multiplied up")
                .isEqualTo(2);
        assertThat(window.add(NOW.plusSeconds(700), 1).perHour())
                .as("a reset takes nothing back")
                .isEqualTo(3);
        var later = window.add(NOW.plusSeconds(700).plus(Duration.ofHours(3)), 7);
        assertThat(later.perHour()).as("six in three hours").isEqualTo(2, within(0.01));
    }

    @Test
    void readingsOfTheLastHourOnlyCount() {
        var window = new Deadlocks.Window();
        window.add(NOW, 0);
        for (int i = 1; i <= 70; i++) {
            window.add(NOW.plusSeconds(60L * i), i < 5 ? 4 : 5);
        }
        assertThat(window.add(NOW.plusSeconds(71 * 60), 5).perHour())
                .as("four were more than an hour ago, and so was the fifth")
                .isZero();
    }
}
