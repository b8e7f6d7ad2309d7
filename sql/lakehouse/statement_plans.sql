-- Which execution plans has a statement had, oldest first?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch, :queryid
-- Units: total_cost in planner units, mean_exec_time in ms
SELECT recorded_at, plan_fingerprint, plan, total_cost, plan_rows, mean_exec_time, plan_changed,
       captured_by, source
FROM {plan_history}
WHERE project_id = :project AND branch_id = :branch AND queryid = :queryid
ORDER BY recorded_at
