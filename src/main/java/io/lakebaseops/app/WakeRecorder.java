package io.lakebaseops.app;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.postgres.WakeListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/// Writes to the history how long a suspended compute took to wake; the advice about scale-to-zero
/// weighs what is saved against it.
final class WakeRecorder implements WakeListener {
    private static final Logger log = LoggerFactory.getLogger(WakeRecorder.class);

    private final Lakehouse lakehouse;
    private final Executor background;
    private final Clock clock;

    WakeRecorder(Lakehouse lakehouse, Executor background, Clock clock) {
        this.lakehouse = lakehouse;
        this.background = background;
        this.clock = clock;
    }

    @Override
    public void woke(TargetId target, Duration took) {
        log.info("The compute of {} woke in {} ms", target, took.toMillis());
        background.execute(() -> write(target, took));
    }

    private void write(TargetId target, Duration took) {
        var row = HistoryRow.of(target, clock.instant(), UUID.randomUUID().toString());
        row.put("metric_name", MetricName.WAKE_SECONDS.id());
        row.put("metric_value", took.toMillis() / 1000.0);
        row.put("unit", MetricName.WAKE_SECONDS.unit());
        row.put("threshold_level", null);
        row.put("subject", null);
        try {
            lakehouse.append(OpsTables.LAKEBASE_METRICS.name(), List.of(row));
        } catch (OpsException e) {
            log.warn("A wake of {} is not in the history: {}", target, e.getMessage());
        }
    }
}
