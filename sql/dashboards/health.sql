-- What did each watched metric do in the last 24 hours, and how long was it beyond its limits?
-- Engine: DuckDB, Spark SQL, Databricks SQL; unchanged on each. Schema lakebase_ops of catalog ops_catalog.
-- Units: as in the column unit; readings.
SELECT project_id, branch_id, metric_name, unit,
       count(*) AS readings, min(metric_value) AS lowest, avg(metric_value) AS mean, max(metric_value) AS highest,
       sum(CASE WHEN threshold_level = 'warning' THEN 1 ELSE 0 END) AS warnings,
       sum(CASE WHEN threshold_level = 'critical' THEN 1 ELSE 0 END) AS criticals,
       max(recorded_at) AS last_reading
FROM lakebase_ops.lakebase_metrics
WHERE recorded_at >= current_timestamp - INTERVAL 24 HOUR AND metric_value IS NOT NULL
GROUP BY project_id, branch_id, metric_name, unit
ORDER BY criticals DESC, warnings DESC, metric_name
