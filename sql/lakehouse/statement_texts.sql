-- How do these statements read, normalised and masked?
-- Engine: DuckDB. Timeout: 5 s.
-- Parameters: :project, :branch, :queryids (separated by commas). Give no time span: a text is
-- written once, when the statement is first seen.
SELECT queryid, max_by(query, recorded_at) AS query, min(first_seen) AS first_seen
FROM {query_text}
WHERE project_id = :project AND branch_id = :branch
  AND CAST(queryid AS VARCHAR) IN (SELECT unnest(string_split(CAST(:queryids AS VARCHAR), ',')))
GROUP BY queryid
