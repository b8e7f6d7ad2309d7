-- How do synced tables stand now, and how often did they differ in the last seven days?
-- Engine: DuckDB, Spark SQL, Databricks SQL; unchanged on each. Schema lakebase_ops of catalog ops_catalog.
-- Units: rows, seconds.
WITH checks AS (
    SELECT project_id, branch_id, source_table, target_table, status, count_drift, freshness_lag_seconds,
           checksum_match, recorded_at,
           row_number() OVER (PARTITION BY project_id, branch_id, source_table, target_table
                              ORDER BY recorded_at DESC) AS age
    FROM lakebase_ops.sync_validation_history
    WHERE recorded_at >= current_timestamp - INTERVAL 7 DAY)
SELECT project_id, branch_id, source_table, target_table,
       max(CASE WHEN age = 1 THEN status END) AS status,
       max(CASE WHEN age = 1 THEN count_drift END) AS count_drift,
       max(CASE WHEN age = 1 THEN freshness_lag_seconds END) AS lag_seconds,
       count(*) AS checks,
       sum(CASE WHEN status = 'in_sync' THEN 0 ELSE 1 END) AS not_in_sync,
       max(recorded_at) AS last_check
FROM checks
GROUP BY project_id, branch_id, source_table, target_table
ORDER BY not_in_sync DESC, source_table
