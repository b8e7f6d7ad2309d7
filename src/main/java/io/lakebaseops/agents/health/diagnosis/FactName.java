package io.lakebaseops.agents.health.diagnosis;

import java.util.Locale;

/// The figures that speak for or against a cause. The rules name them in lower case.
public enum FactName {
    /// Sessions that waited for a lock in each of three samples.
    BLOCKED_SESSIONS,
    /// Of these, behind one session that idles inside its transaction.
    BEHIND_IDLE_TRANSACTION,
    /// Behind one session that runs a statement.
    BEHIND_RUNNING_STATEMENT,
    /// Behind a prepared transaction.
    BEHIND_PREPARED_TRANSACTION,
    /// Behind a request for an ACCESS EXCLUSIVE lock that waits itself.
    BEHIND_WAITING_DDL,
    /// Sessions that wait for a row another one changes.
    HOT_ROW_WAITERS,
    /// Seconds the oldest idle transaction has been idle.
    IDLE_TRANSACTION_SECONDS,
    /// Seconds the longest statement runs that waits for no lock.
    LONGEST_STATEMENT_SECONDS,
    /// Client sessions of max_connections, 0 to 1.
    CONNECTIONS_USED,
    /// Sessions that began within the last minute.
    NEW_SESSIONS,
    /// Share of the sessions that are idle, 0 to 1.
    IDLE_SHARE,
    LONG_IDLE_SESSIONS,
    /// Age in transactions of the oldest horizon, by who holds it; only the oldest is set.
    XMIN_HELD_BY_SESSION,
    XMIN_HELD_BY_SLOT,
    XMIN_HELD_BY_PREPARED_TRANSACTION,
    XMIN_HELD_BY_STANDBY,
    /// Dead row versions of all, of the worst table, 0 to 1.
    DEAD_ROW_RATIO,
    /// 1 when the server's autovacuum is switched off.
    AUTOVACUUM_OFF,
    /// Dead rows of all of the worst table without autovacuum, 0 to 1.
    DEAD_ROWS_WITHOUT_AUTOVACUUM,
    /// Busy of all autovacuum workers, 0 to 1.
    AUTOVACUUM_WORKERS_BUSY,
    /// Changed rows since ANALYZE of all of the worst table.
    ROWS_CHANGED_SINCE_ANALYZE,
    /// 1 when autovacuum is free to analyze that table by itself.
    AUTOVACUUM_WILL_ANALYZE,
    /// 1 while an index is built or a table rewritten.
    MAINTENANCE_RUNS,
    INVALID_INDEXES,
    /// Of the sequence nearest its end, 0 to 1.
    SEQUENCE_USED,
    /// Rows a second read by sequential scans of the worst large table.
    ROWS_SCANNED_PER_SECOND,
    TXID_AGE,
    MULTIXACT_AGE,
    /// Minutes since the statistics were reset.
    STATISTICS_RESET_MINUTES,
    /// Minutes from the start of the server to that reset.
    RESET_AFTER_START_MINUTES,
    /// Minutes since the server started.
    STARTED_MINUTES,
    /// The same, when it was measured before that start.
    RESTARTED_MINUTES,
    /// Requested checkpoints within ten minutes.
    REQUESTED_CHECKPOINTS,
    /// Bytes of WAL a second, and by how much that is more than usual.
    WAL_RATE,
    WAL_FACTOR,
    /// Bytes a second of temporary files.
    TEMP_RATE,
    CACHE_HIT_RATIO,
    /// Sessions that read from outside shared memory, on average.
    READING_SESSIONS,
    DEADLOCKS_PER_HOUR,
    REPLICATION_LAG_SECONDS,
    SLOT_RETAINED_BYTES,
    /// Mean time of a statement now by that of the hour before.
    LATENCY_FACTOR,
    /// Transactions a second now by those of the hour before.
    TPS_FACTOR,
    /// Mean time of the most costly statement that got slower, by that before.
    SLOWER_STATEMENT,
    /// 1 when a statement got another execution plan within an hour.
    PLAN_CHANGED,
    /// Blocks a call of that statement now, by those before.
    BLOCKS_PER_CALL_FACTOR,
    /// Calls a second of the statement that gives few rows and is called most.
    TINY_STATEMENT_RATE,
    /// The same by its mean rate so far.
    TINY_STATEMENT_FACTOR,
    /// 1 when no login is let in, or nothing answers.
    LOGINS_REFUSED,
    NO_ANSWER;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
