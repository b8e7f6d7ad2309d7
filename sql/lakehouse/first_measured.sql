-- Since when does a history hold what was measured on a branch?
-- Engines: DuckDB, SQL warehouse. Timeout: 10 s.
-- Parameters: :project, :branch; the table is named by the caller.
SELECT min(recorded_at) AS first_measured
FROM {history}
WHERE project_id = :project AND branch_id = :branch AND source = 'live'
