-- What did the counters of each index of a database say when they were looked at last?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch, :database.
-- Units: scans_total scans since the statistics began.
SELECT index_oid,
       max(recorded_at) AS seen_at,
       max_by(scans_total, recorded_at) AS scans_total,
       max_by(source, recorded_at) AS source
FROM {index_usage_history}
WHERE project_id = :project AND branch_id = :branch AND datname = :database
GROUP BY index_oid
