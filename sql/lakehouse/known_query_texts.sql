-- Which statements' texts were written lately and need not be written again?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch. Give a scope shorter than the retention, for instance 60 days, so
-- that the text of a statement still in use is written again before its row expires.
SELECT queryid, min(first_seen) AS first_seen, max(recorded_at) AS last_written
FROM {query_text}
WHERE project_id = :project AND branch_id = :branch
GROUP BY queryid
