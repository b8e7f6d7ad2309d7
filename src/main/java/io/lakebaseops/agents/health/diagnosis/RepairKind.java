package io.lakebaseops.agents.health.diagnosis;

/// What the agents can do about a cause, each through the gate.
public enum RepairKind {
    END_IDLE_TRANSACTION,
    END_IDLE_SESSIONS,
    VACUUM_WORST_TABLE,
    ANALYZE_STALE_TABLE,
    FREEZE_OLDEST_TABLES,
    AUTOVACUUM_ON
}
