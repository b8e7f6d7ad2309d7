-- How did all metrics develop on one branch, oldest first?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch; the time span is the query's scope.
-- Units: metric_value in the metric's own unit.
SELECT recorded_at, metric_name, metric_value
FROM {lakebase_metrics}
WHERE project_id = :project AND branch_id = :branch AND metric_value IS NOT NULL
ORDER BY recorded_at
