package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Alerts.Alert;

import org.junit.jupiter.api.Test;

import java.time.Instant;

final class AlertLogTest {
    private static final TargetId SHOP = new TargetId("p", "shop", "production");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final MetricName METRIC = MetricName.LOCK_WAIT_SECONDS;

    private final AlertsInMemory alerts = new AlertsInMemory();
    private final FakeLakehouse lake = new FakeLakehouse();
    private final AlertLog log = new AlertLog(() -> alerts, lake);

    private static Alert alert(Severity severity) {
        return new Alert(
                "a1",
                SHOP,
                METRIC,
                severity,
                40,
                30,
                Subject.database("shop"),
                "waits for 40 s",
                NOW,
                NOW,
                null,
                null,
                null,
                null,
                null,
                0);
    }

    private static OpsEvent breach(Severity severity, long after) {
        return new OpsEvent.ThresholdBreached(
                SHOP, NOW.plusSeconds(after), "a1", METRIC, 40, severity, Subject.database("shop"));
    }

    @Test
    void eachChangeOfTheLevelIsARowAndNothingElseIs() {
        alerts.save(alert(Severity.WARNING));
        log.accept(breach(Severity.WARNING, 0));
        log.accept(breach(Severity.CRITICAL, 60));
        alerts.save(alert(Severity.CRITICAL));
        log.accept(new OpsEvent.SchemaMigrated(SHOP, NOW, "7"));
        log.accept(new OpsEvent.AlertRecovered(SHOP, NOW.plusSeconds(90), "a1", METRIC));
        assertThat(lake.written)
                .extracting(r -> r.get("previous_level") + " → " + r.get("level"))
                .containsExactly("ok → warning", "warning → critical", "critical → ok");
        assertThat(lake.written)
                .allSatisfy(r -> assertThat(r.get("source")).isEqualTo("live"))
                .allSatisfy(r -> assertThat(r.get("message")).isEqualTo("waits for 40 s"));
    }
}
