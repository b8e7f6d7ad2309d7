-- How many alerts does the generated past of a server hold, how long did they last, and who ended them?
-- Engines: DuckDB, SQL warehouse. Timeout: 10 s.
-- Parameters: :project, :branch.
-- Units: median_seconds seconds.
SELECT count(*) AS alerts,
       median(epoch(ended_at) - epoch(raised_at)) AS median_seconds,
       sum(CASE WHEN sop_action IS NOT NULL THEN 1 ELSE 0 END) AS by_agents,
       min(raised_at) AS first_at
FROM (
    SELECT alert_id, min(recorded_at) AS raised_at, max(recorded_at) AS ended_at, max(sop_action) AS sop_action
    FROM {alert_history}
    WHERE project_id = :project AND branch_id = :branch AND source = 'simulated'
    GROUP BY alert_id) AS alert
