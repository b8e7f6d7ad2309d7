-- How many archivals does the generated past of a server hold, of how many rows?
-- Engines: DuckDB, SQL warehouse. Timeout: 10 s.
-- Parameters: :project, :branch.
-- Units: rows, bytes.
SELECT count(*) AS archivals,
       sum(rows_archived) AS rows_archived,
       sum(bytes_reclaimed) AS bytes_reclaimed,
       max(recorded_at) AS last_at
FROM {data_archival_history}
WHERE project_id = :project AND branch_id = :branch AND source = 'simulated'
