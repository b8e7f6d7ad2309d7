package io.lakebaseops.agents;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Alerts as the state database keeps them, without one.
public final class AlertsInMemory implements Alerts {
    private final Map<String, Alert> byId = new LinkedHashMap<>();
    private final Map<String, UUID> repairs = new LinkedHashMap<>();
    private final List<Mute> muted = new ArrayList<>();

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
        byId.computeIfPresent(
                id,
                (_, a) ->
                        new Alert(
                                a.id(),
                                a.target(),
                                a.metric(),
                                a.severity(),
                                a.value(),
                                a.threshold(),
                                a.subject(),
                                a.message(),
                                a.openedAt(),
                                a.updatedAt(),
                                a.recoveredAt(),
                                by,
                                a.handledBy(),
                                a.breachedAt(),
                                a.criticalAt(),
                                a.returns()));
    }

    @Override
    public void repaired(String id, UUID plan) {
        repairs.put(id, plan);
    }

    public Map<String, UUID> repairs() {
        return Map.copyOf(repairs);
    }

    @Override
    public void mute(TargetId target, Mute mute) {
        muted.add(mute);
    }

    @Override
    public void unmute(TargetId target, MetricName metric, Subject subject) {
        muted.removeIf(m -> m.metric() == metric && m.subject().equals(subject));
    }

    @Override
    public List<Mute> mutes(TargetId target, Instant now) {
        return muted.stream().filter(m -> m.until().isAfter(now)).toList();
    }

    @Override
    public java.util.Map<TargetId, List<Mute>> mutes(Instant now) {
        throw new UnsupportedOperationException("one server at a time");
    }

    @Override
    public List<Alert> recoveries(TargetId target, Instant since) {
        return history(target, 1000).stream()
                .filter(a -> a.recoveredAt() != null && a.recoveredAt().isAfter(since))
                .toList()
                .reversed();
    }
}
