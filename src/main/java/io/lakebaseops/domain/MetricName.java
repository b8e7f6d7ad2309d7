package io.lakebaseops.domain;

import java.util.Locale;

/// Every metric we store, with its unit. Writer, reader, alert rules and screens share these.
public enum MetricName {
    CACHE_HIT_RATIO("ratio"),
    CONNECTION_UTILIZATION("ratio"),
    ACTIVE_CONNECTIONS("sessions"),
    IDLE_CONNECTIONS("sessions"),
    IDLE_IN_TRANSACTION("sessions"),
    MAX_DEAD_TUPLE_RATIO("ratio"),
    LOCK_WAIT_SECONDS("s"),
    WAITING_LOCKS("locks"),
    DEADLOCKS_PER_HOUR("1/h"),
    SLOWEST_QUERY_SECONDS("s"),
    SLOW_QUERY_MEAN_SECONDS("s"),
    TXID_AGE("transactions"),
    MULTIXACT_AGE("multixacts"),
    REPLICATION_LAG_SECONDS("s"),
    TPS("1/s"),
    ROLLBACK_RATIO("ratio"),
    TEMP_BYTES("bytes"),
    IO_HIT_RATIO("ratio"),
    IO_READ_TIME_MS("ms"),
    IO_WRITE_TIME_MS("ms"),
    WAL_BYTES("bytes"),
    WAL_BUFFERS_FULL("count"),
    WAL_WRITE_TIME_MS("ms"),
    CHECKPOINTS_TIMED("count"),
    CHECKPOINTS_REQUESTED("count"),
    CHECKPOINT_WRITE_TIME_MS("ms"),
    DATABASE_SIZE_BYTES("bytes"),
    OLDEST_XMIN_AGE("transactions"),
    SLOT_RETAINED_BYTES("bytes"),
    MEAN_LATENCY_MS("ms"),
    ACTIVE_WAITING_AVG("sessions"),
    /// Of a server that was there: how long it has not answered.
    NO_ANSWER_SECONDS("s"),
    /// Of a compute that was suspended: until it took a connection.
    WAKE_SECONDS("s");

    private final String unit;

    MetricName(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }

    /// As stored: `cache_hit_ratio`.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MetricName of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
