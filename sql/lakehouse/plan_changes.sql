-- Which statements got another execution plan since then, the latest first?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch, :since (s since 1970)
SELECT queryid, recorded_at
FROM {plan_history}
WHERE project_id = :project AND branch_id = :branch AND source = 'live' AND plan_changed
  AND epoch(recorded_at) > CAST(:since AS DOUBLE)
ORDER BY recorded_at DESC
LIMIT 5
