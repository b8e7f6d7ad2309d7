-- What was forecast last for each resource of a branch?
-- Engines: DuckDB, SQL warehouse. Timeout: 10 s.
-- Parameters: :project, :branch.
-- Units: predicted, bounds and limit in unit; backtest_error is a share.
SELECT f.resource, f.forecast_for, f.predicted, f.lower_bound, f.upper_bound, f.unit,
       f.backtest_error, f.capacity_limit, f.limit_reached_at, f.recorded_at,
       f.source
FROM {capacity_forecast} AS f
JOIN (
    SELECT resource, max(recorded_at) AS recorded_at
    FROM {capacity_forecast}
    WHERE project_id = :project AND branch_id = :branch
    GROUP BY resource) AS last
    ON f.resource = last.resource AND f.recorded_at = last.recorded_at
WHERE f.project_id = :project AND f.branch_id = :branch
ORDER BY f.resource, f.forecast_for
