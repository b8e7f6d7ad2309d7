-- Is this event in a branch's life written down already, for the same plan?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :branch, :run_id, :event_type
SELECT count(*) AS rows_found
FROM {branch_lifecycle}
WHERE branch_id = :branch AND run_id = :run_id AND event_type = :event_type
