-- How often was each index of a table scanned, look by look, oldest first?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch, :database, :schema, :table; the time span is the query's scope.
-- Units: scans in interval_seconds s; null: the first look.
SELECT index_name, recorded_at, interval_seconds, scans, index_bytes, reset_detected, source
FROM {index_usage_history}
WHERE project_id = :project AND branch_id = :branch AND datname = :database
  AND schema_name = :schema AND table_name = :table
ORDER BY recorded_at
