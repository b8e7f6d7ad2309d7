package io.lakebaseops.framework;

import java.time.Duration;
import java.util.Locale;

/// The jobs that several tools share. Which tools they are, the tools say: see [Cadence.InJob].
public enum StandardJob {
    METRIC_COLLECTOR("*/5 * * * *", Duration.ofMinutes(5)),
    INDEX_ANALYZER("0 * * * *", Duration.ofMinutes(10)),
    VACUUM_SCHEDULER("0 2 * * *", Duration.ofHours(1)),
    SYNC_VALIDATOR("*/15 * * * *", Duration.ofMinutes(5)),
    BRANCH_MANAGER("0 */6 * * *", Duration.ofMinutes(10)),
    COLD_ARCHIVER("0 3 * * 0", Duration.ofHours(2)),
    COST_TRACKER("0 6 * * *", Duration.ofMinutes(10));

    private final String cron;
    private final Duration timeout;

    StandardJob(String cron, Duration timeout) {
        this.cron = cron;
        this.timeout = timeout;
    }

    /// As people and stored state name it: `metric-collector`.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String cron() {
        return cron;
    }

    /// Longest time on one target.
    public Duration timeout() {
        return timeout;
    }
}
