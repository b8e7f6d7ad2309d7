package io.lakebaseops.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class OutputJsonTest {
    private static final Instant AT = Instant.parse("2026-03-01T02:00:00Z");

    record Sample(
            Severity worstSeverity,
            Map<MetricName, Double> byMetric,
            Duration took,
            Instant measuredAt,
            Ident table,
            Optional<String> note,
            @Nullable String missing) {}

    @Test
    void recordsAreWrittenInSnakeCaseWithPlainValues() {
        var sample =
                new Sample(
                        Severity.CRITICAL,
                        Map.of(MetricName.CACHE_HIT_RATIO, 0.98),
                        Duration.ofSeconds(90),
                        AT,
                        Ident.of("shop", "Order \"x\""),
                        Optional.of("n"),
                        null);
        assertThat(OutputJson.tree(sample).toString())
                .isEqualTo(
                        "{\"worst_severity\":\"critical\",\"by_metric\":{\"cache_hit_ratio\":0.98},"
                                + "\"took\":\"PT1M30S\",\"measured_at\":\"2026-03-01T02:00:00Z\","
                                + "\"table\":\"\\\"shop\\\".\\\"Order \\\"\\\"x\\\"\\\"\\\"\","
                                + "\"note\":\"n\",\"missing\":null}");
    }

    @Test
    void rowsAreAPlainListAndDriverTypesAreText() {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("relName", "Orders");
        row.put("size", 8192L);
        row.put("since", AT);
        row.put("odd", new StringBuilder("{a,b}"));
        row.put("id", new UUID(0, 1));
        row.put("none", null);
        assertThat(OutputJson.tree(new Rows(List.of(row))).toString())
                .isEqualTo(
                        "[{\"relName\":\"Orders\",\"size\":8192,\"since\":\"2026-03-01T02:00:00Z\","
                                + "\"odd\":\"{a,b}\",\"id\":\"00000000-0000-0000-0000-000000000001\","
                                + "\"none\":null}]");
    }

    @Test
    void valueKeepsItsSource() {
        assertThat(OutputJson.tree(Observed.live(3.5, AT)).toString())
                .isEqualTo(
                        "{\"value\":3.5,\"source\":\"live\",\"at\":\"2026-03-01T02:00:00Z\","
                                + "\"reason\":null}");
        assertThat(OutputJson.tree(Observed.unavailable("no right", AT)).path("value").isNull())
                .isTrue();
    }
}
