package io.lakebaseops.agents;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Alerts as the state database keeps them, without one.
public final class AlertsInMemory implements Alerts {
    private final Map<String, Alert> byId = new LinkedHashMap<>();
    private final Map<MetricName, Instant> muted = new HashMap<>();

    @Override
    public Optional<Alert> active(TargetId target, MetricName metric) {
        return active(target).stream().filter(a -> a.metric() == metric).findFirst();
    }

    @Override
    public List<Alert> active(@Nullable TargetId target) {
        return history(target, 1000).stream().filter(a -> a.recoveredAt() == null).toList();
    }

    @Override
    public List<Alert> history(@Nullable TargetId target, int limit) {
        return byId.values().stream()
                .filter(a -> target == null || a.target().equals(target))
                .limit(limit)
                .toList();
    }

    @Override
    public Alert save(Alert alert) {
        byId.put(alert.id(), alert);
        return alert;
    }

    @Override
    public void acknowledge(String id, String by, Instant at) {
        throw new UnsupportedOperationException("not needed by tools");
    }

    @Override
    public void mute(TargetId target, MetricName metric, String by, Instant until) {
        muted.put(metric, until);
    }

    @Override
    public Optional<Instant> mutedUntil(TargetId target, MetricName metric) {
        return Optional.ofNullable(muted.get(metric));
    }
}
