-- Which tables were maintained in the last 30 days, how often, and what did it remove?
-- Engine: DuckDB, Spark SQL, Databricks SQL; unchanged on each. Schema lakebase_ops of catalog ops_catalog.
-- Units: row versions, bytes, seconds.
SELECT project_id, branch_id, schema_name, table_name, operation_type,
       count(*) AS operations,
       sum(CASE WHEN status = 'succeeded' THEN 0 ELSE 1 END) AS not_succeeded,
       sum(dead_tuples_before - dead_tuples_after) AS dead_removed,
       sum(bytes_before - bytes_after) AS bytes_freed,
       avg(duration_seconds) AS mean_seconds, max(duration_seconds) AS longest_seconds,
       max(recorded_at) AS last_at
FROM lakebase_ops.vacuum_history
WHERE recorded_at >= current_timestamp - INTERVAL 30 DAY
GROUP BY project_id, branch_id, schema_name, table_name, operation_type
ORDER BY operations DESC, schema_name, table_name
