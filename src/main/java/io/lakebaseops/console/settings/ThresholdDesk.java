package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertRule.Limits;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.change.audit.SettingChanges.Made;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.AlertLimits.Changed;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Limits of alerts and their past. Everything blocks and is called in the background.
public interface ThresholdDesk {
    List<Changed> limits();

    /// How many alerts of each metric began since a moment.
    ///
    /// @param target key of a target, or [io.lakebaseops.state.AlertLimits#ALL_SERVERS]
    Map<MetricName, Long> alerts(String target, Instant since);

    /// The stored readings of the last time, oldest first.
    List<Point> readings(TargetId target, MetricName metric, Duration back);

    /// All of them or none, each with its entry in the audit chain; in force at the next judgement.
    void save(List<LimitChange> changes, Actor by);

    /// Writes into the audit chain what was changed elsewhere.
    void note(Change change, Actor by);

    /// The settings changed last, newest first, and how many changes there are.
    Changes changed(int limit);

    /// @param target key of a target, or [io.lakebaseops.state.AlertLimits#ALL_SERVERS]
    /// @param limits null to take back what was set there
    record LimitChange(
            MetricName metric, String target, @Nullable Limits limits, List<Change> words) {
        public LimitChange {
            words = List.copyOf(words);
        }
    }

    record Changes(List<Made> newest, long count) {
        public Changes {
            newest = List.copyOf(newest);
        }
    }
}
