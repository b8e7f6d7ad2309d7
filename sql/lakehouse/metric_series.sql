-- How did a metric develop on one branch, oldest first?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch, :metric (name as stored); the time span is the query's scope.
-- Units: metric_value in the unit beside it; null where there was no traffic.
SELECT recorded_at, metric_value, unit, threshold_level, subject, source
FROM {lakebase_metrics}
WHERE project_id = :project AND branch_id = :branch AND metric_name = :metric
ORDER BY recorded_at
