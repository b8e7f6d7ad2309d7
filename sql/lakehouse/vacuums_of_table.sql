-- Which vacuums of one table are stored, oldest first?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch, :schema, :table; the time span is the query's scope.
-- Units: removed rows, duration_seconds seconds.
SELECT recorded_at, operation_type, dead_tuples_before - dead_tuples_after AS removed, duration_seconds,
       source
FROM {vacuum_history}
WHERE project_id = :project AND branch_id = :branch AND schema_name = :schema AND table_name = :table
  AND status = 'succeeded'
ORDER BY recorded_at
