package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.monitoring.AlertRule.Limits;
import io.lakebaseops.agents.health.monitoring.ChangedLimits;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.change.audit.SettingChanges;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.console.settings.ThresholdDesk.LimitChange;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.AlertLimitStore;
import io.lakebaseops.state.AlertLimits;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A saved limit is in force at the very next judgement of this process, without a restart, and in
/// the audit chain.
final class StoredThresholdsPgTest {
    private static final TargetId SHOP = new TargetId("p", "shop", "production");
    private static final MetricName LOCKS = MetricName.LOCK_WAIT_SECONDS;

    @Test
    void what_is_saved_is_in_force_at_once_and_told_by_the_chain() {
        try (var db = StateDatabases.open("stored_thresholds")) {
            var chain = AuditChains.of(db, Clock.systemUTC());
            var limits = new ChangedLimits(() -> new AlertLimitStore(db), Clock.systemUTC());
            var judged = MetricDefinitions.standard().judgedBy(limits);
            var lake = new FakeLakehouse();
            var at = Instant.parse("2026-03-01T12:00:00Z");
            lake.answers.put(
                    "lakehouse/metric_values",
                    new Rows(List.of(Map.of("recorded_at", at, "metric_value", 4.5))));
            var desk =
                    new StoredThresholds(
                            () -> new AlertLimitStore(db),
                            limits,
                            new SettingChanges(() -> db, () -> chain),
                            lake,
                            Clock.systemUTC());
            assertThat(judged.watched(SHOP, LOCKS).orElseThrow().rule().warning()).isEqualTo(30);
            save(desk, SHOP.key(), new Limits(45, 90, Duration.ofSeconds(20), 5));
            var rule = judged.watched(SHOP, LOCKS).orElseThrow().rule();
            assertThat(rule.limits()).isEqualTo(new Limits(45, 90, Duration.ofSeconds(20), 5));
            save(desk, AlertLimits.ALL_SERVERS, new Limits(50, 100, Duration.ZERO, 5));
            save(desk, SHOP.key(), null);
            assertThat(judged.watched(SHOP, LOCKS).orElseThrow().rule().warning()).isEqualTo(50);
            assertThat(desk.changed(2).count()).isEqualTo(3);
            assertThat(desk.changed(2).newest()).hasSize(2);
            assertThat(chain.verifyAll()).isInstanceOf(AuditLog.ChainState.Intact.class);
            assertThat(desk.readings(SHOP, LOCKS, Duration.ofDays(30)))
                    .containsExactly(new Point(at, 4.5));
        }
    }

    private static void save(StoredThresholds desk, String target, Limits limits) {
        desk.save(
                List.of(
                        new LimitChange(
                                LOCKS,
                                target,
                                limits,
                                List.of(new Change("Lock wait: warning", "30 s", "45 s")))),
                Actor.human("anna"));
    }
}
