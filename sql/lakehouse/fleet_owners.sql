-- Who made each branch of every project?
-- Engines: DuckDB, SQL warehouse. Timeout: 10 s.
-- Units: none
SELECT
    project_id,
    branch_id,
    max_by(actor, recorded_at) AS owner
FROM {branch_lifecycle}
WHERE event_type = 'created' AND branch_id IS NOT NULL
GROUP BY project_id, branch_id
