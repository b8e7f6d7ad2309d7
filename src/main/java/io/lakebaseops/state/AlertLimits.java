package io.lakebaseops.state;

import io.lakebaseops.domain.MetricName;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The limits of alerts that people changed: few rows, read whole.
public interface AlertLimits {
    /// Stands for all servers where a target's key would stand.
    String ALL_SERVERS = "";

    List<Changed> all();

    /// How many alerts of each metric began since a moment.
    ///
    /// @param target key of one target, or [#ALL_SERVERS]
    Map<MetricName, Long> alerts(String target, Instant since);

    /// @param target key of a target, or [#ALL_SERVERS]
    /// @param openSeconds how long a value must stay beyond a limit first
    /// @param margin how far back inside it must come before the alert ends
    record Changed(
            MetricName metric,
            String target,
            double warning,
            double critical,
            double openSeconds,
            double margin,
            String by,
            Instant at) {
        public boolean everywhere() {
            return target.equals(ALL_SERVERS);
        }
    }
}
