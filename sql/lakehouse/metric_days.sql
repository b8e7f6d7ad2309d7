-- What was the highest value of these metrics on each day?
-- Engines: DuckDB, SQL warehouse. Timeout: 10 s.
-- Parameters: :project, :branch, :first, :second, :third (names of metrics); the span is the scope.
-- Units: those of the metrics.
SELECT metric_name, CAST(recorded_at AS DATE) AS metric_day, max(metric_value) AS highest,
       max(CASE WHEN source = 'simulated' THEN recorded_at END) AS generated_until
FROM {lakebase_metrics}
WHERE project_id = :project AND branch_id = :branch AND metric_value IS NOT NULL
  AND metric_name IN (:first, :second, :third)
GROUP BY metric_name, CAST(recorded_at AS DATE)
ORDER BY metric_name, metric_day
