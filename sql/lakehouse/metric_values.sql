-- Which values had one metric on one branch, oldest first?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch, :metric (name as stored); the time span is the query's scope.
-- Units: metric_value in the metric's own unit.
SELECT recorded_at, metric_value, source
FROM {lakebase_metrics}
WHERE project_id = :project AND branch_id = :branch AND metric_name = :metric
  AND metric_value IS NOT NULL
ORDER BY recorded_at
