package io.lakebaseops.postgres;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What each of the 21 named queries returns, column by column.
final class NamedRows {
    private NamedRows() {}

    static final Map<String, Class<? extends Record>> BY_NAME =
            Map.ofEntries(
                    Map.entry("statements/pg_stat_statements_full", StatementsFull.class),
                    Map.entry("statements/pg_stat_statements_info", StatementsInfo.class),
                    Map.entry("statements/pg_stat_statements_slow", StatementsSlow.class),
                    Map.entry("indexes/unused_indexes", UnusedIndex.class),
                    Map.entry("indexes/bloated_indexes", BloatedIndex.class),
                    Map.entry("indexes/missing_indexes", MissingIndex.class),
                    Map.entry("maintenance/tables_needing_vacuum", TableNeedingVacuum.class),
                    Map.entry("maintenance/txid_wraparound_risk", WraparoundRisk.class),
                    Map.entry("maintenance/autovacuum_candidates", AutovacuumCandidate.class),
                    Map.entry("maintenance/table_dead_tuples", DeadTuples.class),
                    Map.entry("maintenance/max_txid_age", MaxTxidAge.class),
                    Map.entry("monitoring/database_stats", DatabaseStats.class),
                    Map.entry("monitoring/waiting_locks", WaitingLock.class),
                    Map.entry("monitoring/io_stats", IoStats.class),
                    Map.entry("monitoring/wal_stats", WalStats.class),
                    Map.entry("connections/connection_states", ConnectionState.class),
                    Map.entry("connections/connection_details", ConnectionDetail.class),
                    Map.entry("connections/idle_connections", IdleConnection.class),
                    Map.entry("schema/schema_columns", SchemaColumn.class));

    /// Values that let each query answer as widely as it can.
    static final Map<String, Object> WIDEST =
            Map.ofEntries(
                    Map.entry("top", 5000L),
                    Map.entry("min_mean_ms", 0.0),
                    Map.entry("min_calls", 0L),
                    Map.entry("min_bytes", 0L),
                    Map.entry("min_ratio", 0.0),
                    Map.entry("min_rows", 0L),
                    Map.entry("min_seq_scans", 0L),
                    Map.entry("min_dead", 0L),
                    Map.entry("with_size", true),
                    Map.entry("idle_for", java.time.Duration.ZERO),
                    Map.entry("spared_applications", List.of("pgbouncer", "a \"b\", {c}\\")),
                    Map.entry("spared_users", List.of()),
                    Map.entry("schemas", List.of()));

    record StatementsFull(
            long userid,
            @Nullable String rolname,
            long dbid,
            @Nullable String datname,
            boolean toplevel,
            @Nullable Long queryid,
            @Nullable String query,
            long plans,
            double totalPlanTime,
            double minPlanTime,
            double maxPlanTime,
            double meanPlanTime,
            double stddevPlanTime,
            long calls,
            double totalExecTime,
            double minExecTime,
            double maxExecTime,
            double meanExecTime,
            double stddevExecTime,
            long rows,
            long sharedBlksHit,
            long sharedBlksRead,
            long sharedBlksDirtied,
            long sharedBlksWritten,
            long localBlksHit,
            long localBlksRead,
            long localBlksDirtied,
            long localBlksWritten,
            long tempBlksRead,
            long tempBlksWritten,
            double sharedBlkReadTime,
            double sharedBlkWriteTime,
            double localBlkReadTime,
            double localBlkWriteTime,
            double tempBlkReadTime,
            double tempBlkWriteTime,
            long walRecords,
            long walFpi,
            long walBytes,
            long jitFunctions,
            double jitGenerationTime,
            long jitInliningCount,
            double jitInliningTime,
            long jitOptimizationCount,
            double jitOptimizationTime,
            long jitEmissionCount,
            double jitEmissionTime,
            long jitDeformCount,
            double jitDeformTime,
            Instant statsSince,
            Instant minmaxStatsSince) {}

    record StatementsInfo(
            long dealloc,
            Instant statsReset,
            Instant postmasterStart,
            int maxEntries,
            long entries) {}

    record StatementsSlow(
            long userid,
            @Nullable String rolname,
            long dbid,
            @Nullable String datname,
            @Nullable Long queryid,
            boolean toplevel,
            @Nullable String query,
            long calls,
            long rows,
            double meanMs,
            double maxMs,
            double stddevMs,
            double totalMs,
            @Nullable Double cacheHitRatio,
            long tempBlksWritten,
            Instant statsSince) {}

    record UnusedIndex(
            String schemaName,
            String tableName,
            String indexName,
            boolean isPartitioned,
            long parts,
            long indexBytes,
            long idxScan,
            @Nullable Instant lastIdxScan,
            boolean supportsFk,
            @Nullable Instant statsReset,
            Instant postmasterStart,
            String definition) {}

    record BloatedIndex(
            String schemaName,
            String tableName,
            String indexName,
            long actualBytes,
            long expectedBytes,
            long wastedBytes,
            double bloatRatio,
            boolean isUnique,
            boolean deduplicated,
            String definition) {}

    record MissingIndex(
            String schemaName,
            String tableName,
            boolean isPartition,
            boolean hasIndex,
            long seqScan,
            long seqTupRead,
            long idxScan,
            long rowsPerSeqScan,
            double indexShare,
            long liveRows,
            long writes,
            long tableBytes,
            @Nullable Instant lastSeqScan) {}

    record TableNeedingVacuum(
            String schemaName,
            String tableName,
            boolean isToast,
            @Nullable String toastOfSchema,
            @Nullable String toastOf,
            long liveRows,
            long deadRows,
            double deadRatio,
            double vacuumThreshold,
            double overdue,
            boolean autovacuumOn,
            long tableBytes,
            int xidAge,
            @Nullable Instant lastVacuum,
            @Nullable Instant lastAutovacuum,
            long vacuums) {}

    record WraparoundRisk(
            String databaseName,
            boolean allowsConnections,
            long xidAge,
            long multixactAge,
            double xidUsed,
            double multixactUsed,
            long freezeMaxAge,
            long multixactFreezeMaxAge) {}

    record AutovacuumCandidate(
            String schemaName,
            String tableName,
            boolean isToast,
            List<String> reasons,
            boolean autovacuumEnabled,
            long deadRows,
            double vacuumThreshold,
            long insertedSinceVacuum,
            double insertThreshold,
            long modifiedSinceAnalyze,
            double analyzeThreshold,
            long xidAge,
            long freezeMaxAge,
            long multixactAge,
            @Nullable Instant lastAutovacuum,
            @Nullable Instant lastAutoanalyze) {}

    record DeadTuples(
            String schemaName,
            String tableName,
            long liveRows,
            long deadRows,
            @Nullable Double deadRatio,
            long modifiedSinceAnalyze,
            long insertedSinceVacuum,
            long tableBytes,
            @Nullable Instant lastVacuum,
            @Nullable Instant lastAutovacuum,
            @Nullable Instant lastAnalyze,
            @Nullable Instant lastAutoanalyze,
            long vacuumCount,
            long autovacuumCount) {}

    record MaxTxidAge(
            long xidAge,
            long multixactAge,
            String oldestDatabase,
            @Nullable String holderKind,
            @Nullable String holderName,
            @Nullable Long holderXminAge) {}

    record DatabaseStats(
            String databaseName,
            int backends,
            long commits,
            long rollbacks,
            long blocksRead,
            long blocksHit,
            long rowsReturned,
            long rowsFetched,
            long rowsInserted,
            long rowsUpdated,
            long rowsDeleted,
            long conflicts,
            long tempFiles,
            long tempBytes,
            long deadlocks,
            @Nullable Long checksumFailures,
            double readMs,
            double writeMs,
            double sessionMs,
            double activeMs,
            double idleInTransactionMs,
            long sessions,
            long sessionsAbandoned,
            long sessionsFatal,
            long sessionsKilled,
            @Nullable Long sizeBytes,
            @Nullable Instant statsReset) {}

    record WaitingLock(
            int pid,
            @Nullable String databaseName,
            @Nullable String userName,
            @Nullable String applicationName,
            String lockType,
            String lockMode,
            @Nullable String schemaName,
            @Nullable String relationName,
            double waitSeconds,
            List<Integer> blockedBy,
            @Nullable String query,
            @Nullable Instant queryStart,
            @Nullable Double transactionSeconds) {}

    record IoStats(
            String backendType,
            String object,
            String context,
            long reads,
            long readBytes,
            double readMs,
            long writes,
            long writeBytes,
            double writeMs,
            long writebacks,
            double writebackMs,
            long extensions,
            double extendMs,
            long hits,
            long evictions,
            long reuses,
            long fsyncs,
            double fsyncMs,
            @Nullable Instant statsReset) {}

    record WalStats(
            long walRecords,
            long walFullPageImages,
            long walBytes,
            long walBuffersFull,
            long walWrites,
            long walSyncs,
            double walWriteMs,
            double walSyncMs,
            @Nullable Instant walStatsReset,
            long checkpointsTimed,
            long checkpointsRequested,
            long restartpointsTimed,
            long restartpointsRequested,
            long restartpointsDone,
            double checkpointWriteMs,
            double checkpointSyncMs,
            long checkpointBuffers,
            @Nullable Instant checkpointerStatsReset,
            long bgwriterBuffers,
            long bgwriterStops,
            long buffersAllocated,
            @Nullable Instant bgwriterStatsReset) {}

    record ConnectionState(
            String state,
            long sessions,
            long ours,
            long waitingForLock,
            @Nullable Double longestSeconds,
            int maxConnections,
            int reservedConnections) {}

    record ConnectionDetail(
            int pid,
            @Nullable String databaseName,
            @Nullable String userName,
            String applicationName,
            @Nullable String clientAddress,
            String backendType,
            @Nullable String state,
            @Nullable String waitEventType,
            @Nullable String waitEvent,
            @Nullable Instant backendStart,
            @Nullable Instant xactStart,
            @Nullable Instant queryStart,
            @Nullable Instant stateChange,
            @Nullable Double transactionSeconds,
            @Nullable Double stateSeconds,
            @Nullable Integer xminAge,
            List<Integer> blockedBy,
            boolean isSuperuser,
            boolean isOurs,
            @Nullable Long queryId,
            @Nullable String query) {}

    record IdleConnection(
            int pid,
            Instant backendStart,
            String databaseName,
            String userName,
            String applicationName,
            @Nullable String clientAddress,
            Instant stateChange,
            double idleSeconds,
            @Nullable String lastQuery) {}

    record SchemaColumn(
            String schemaName,
            String tableName,
            String tableKind,
            String columnName,
            int position,
            String dataType,
            boolean isNotNull,
            @Nullable String defaultExpression,
            @Nullable String identityKind,
            @Nullable String generatedKind,
            @Nullable String collationName,
            @Nullable String comment) {}
}
