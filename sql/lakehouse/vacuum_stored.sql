-- Is this maintenance operation written down already?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :operation_id
SELECT count(*) AS rows_found
FROM {vacuum_history}
WHERE operation_id = :operation_id
