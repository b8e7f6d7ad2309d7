-- When did execution plans change, and of which statements, oldest first?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch; the time span is the query's scope.
SELECT recorded_at, queryid, source
FROM {plan_history}
WHERE project_id = :project AND branch_id = :branch AND plan_changed
ORDER BY recorded_at
