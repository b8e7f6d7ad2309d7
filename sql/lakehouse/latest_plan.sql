-- Which plan did this statement have when it was last looked at?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch, :queryid
SELECT plan_fingerprint
FROM {plan_history}
WHERE project_id = :project AND branch_id = :branch AND queryid = :queryid
ORDER BY recorded_at DESC
LIMIT 1
