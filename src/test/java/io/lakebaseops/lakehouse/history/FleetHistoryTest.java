package io.lakebaseops.lakehouse.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.FleetHistory.Place;
import io.lakebaseops.testing.Patience;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class FleetHistoryTest {
    private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");
    private static final TargetId SHOP = new TargetId("p", "shop", "production");

    @TempDir Path dir;
    private LocalLakehouse lake;
    private FleetHistory history;

    @BeforeEach
    void open() {
        lake = LocalLakehouse.open(dir, Clock.fixed(NOW, ZoneOffset.UTC));
        lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS, OpsTables.BRANCH_LIFECYCLE));
        history = new FleetHistory(lake);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static Deadline soon() {
        return Deadline.in(Patience.LONG);
    }

    private static Map<String, Object> row(TargetId target, Instant at) {
        var row = new HashMap<String, Object>();
        row.put("project_id", target.project());
        row.put("branch_id", target.branch());
        row.put("recorded_at", at);
        row.put("run_id", "r");
        row.put("source", "live");
        return row;
    }

    private static Map<String, Object> metric(
            TargetId target, Instant at, MetricName name, Double value, String subject) {
        var row = row(target, at);
        row.put("metric_name", name.id());
        row.put("metric_value", value);
        row.put("unit", name.unit());
        row.put("subject", subject);
        return row;
    }

    @Test
    void the_last_values_and_the_load_of_all_servers_come_with_one_question() {
        var staging = new TargetId("p", "shop", "staging");
        var rows = new ArrayList<Map<String, Object>>();
        for (int minutes = 600; minutes >= 5; minutes -= 5) {
            var at = NOW.minus(Duration.ofMinutes(minutes));
            rows.add(metric(SHOP, at, MetricName.ACTIVE_CONNECTIONS, minutes / 10.0, null));
            if (minutes > 180) {
                rows.add(metric(staging, at, MetricName.ACTIVE_CONNECTIONS, 2.0, null));
            }
        }
        rows.add(
                metric(
                        SHOP,
                        NOW.minusSeconds(900),
                        MetricName.MAX_DEAD_TUPLE_RATIO,
                        0.4,
                        "shop.old"));
        rows.add(
                metric(
                        SHOP,
                        NOW.minusSeconds(60),
                        MetricName.MAX_DEAD_TUPLE_RATIO,
                        0.2,
                        "shop.inventory"));
        rows.add(metric(SHOP, NOW.minusSeconds(30), MetricName.MAX_DEAD_TUPLE_RATIO, null, null));
        lake.append(OpsTables.LAKEBASE_METRICS.name(), rows);

        var servers = history.read(NOW, soon());
        var shop = servers.get(Place.of(SHOP));
        var dead = shop.last().get(MetricName.MAX_DEAD_TUPLE_RATIO);
        assertThat(dead.value()).as("the last one that has a value").isEqualTo(0.2);
        assertThat(dead.subject()).isEqualTo("shop.inventory");
        assertThat(shop.load()).hasSize(FleetHistory.SLICES).noneMatch(v -> v.isNaN());
        assertThat(shop.load().getLast()).as("means of its slice").isCloseTo(0.5, within(0.3));
        assertThat(shop.load().getFirst()).isCloseTo(35.6, within(0.7));
        var other = servers.get(Place.of(staging));
        assertThat(other.load().subList(0, 23)).containsOnly(2.0);
        assertThat(other.load().subList(25, 48))
                .as("ends where the data ends")
                .containsOnly(Double.NaN);
        assertThat(other.last()).containsOnlyKeys(MetricName.ACTIVE_CONNECTIONS);
    }

    @Test
    void of_one_that_sleeps_the_values_before_it_fell_asleep_are_known() {
        var slept = NOW.minus(Duration.ofDays(3));
        lake.append(
                OpsTables.LAKEBASE_METRICS.name(),
                List.of(
                        metric(SHOP, slept.minusSeconds(600), MetricName.TXID_AGE, 5e6, null),
                        metric(SHOP, slept.minusSeconds(300), MetricName.TXID_AGE, 6e6, null),
                        metric(SHOP, NOW.minusSeconds(60), MetricName.TXID_AGE, 9e6, null)));
        assertThat(history.around(SHOP, slept, soon()).get(MetricName.TXID_AGE).value())
                .isEqualTo(6e6);
    }

    @Test
    void the_owner_of_a_branch_is_who_made_it_last() {
        var rows = new ArrayList<Map<String, Object>>();
        for (var actor : List.of("ben", "anna")) {
            var row = row(SHOP, NOW.minusSeconds(actor.equals("ben") ? 900 : 60));
            row.put("event_type", "created");
            row.put("actor", actor);
            rows.add(row);
        }
        var extended = row(SHOP, NOW.minusSeconds(5));
        extended.put("event_type", "extended");
        extended.put("actor", "carl");
        rows.add(extended);
        lake.append(OpsTables.BRANCH_LIFECYCLE.name(), rows);
        assertThat(history.owners(soon())).containsExactly(Map.entry(Place.of(SHOP), "anna"));
    }
}
