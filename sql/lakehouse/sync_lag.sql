-- How far was each synced table behind, check by check, oldest first?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project; the time span and branch are the query's scope.
-- Units: freshness_lag_seconds seconds.
SELECT source_table, recorded_at, freshness_lag_seconds, status, source
FROM {sync_validation_history}
WHERE project_id = :project
ORDER BY recorded_at
