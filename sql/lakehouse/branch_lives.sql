-- When was each branch of a project last made, by whom, and last gone, and what life was it given?
-- Generated lives are left out: no such branch was ever there.
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project
-- Units: ttl_seconds in seconds, 0 = none given
SELECT
  branch_id,
  max(CASE WHEN event_type IN ('created', 'reset') THEN recorded_at END) AS made_at,
  max(CASE WHEN event_type IN ('deleted', 'expired') THEN recorded_at END) AS gone_at,
  max(CASE WHEN event_type IN ('created', 'reset', 'extended') THEN recorded_at END) AS life_from,
  max_by(coalesce(ttl_seconds, 0), recorded_at)
    FILTER (WHERE event_type IN ('created', 'reset', 'extended')) AS ttl_seconds,
  max_by(run_id, recorded_at) FILTER (WHERE event_type IN ('created', 'reset')) AS made_by_run,
  max_by(actor, recorded_at) FILTER (WHERE event_type = 'created') AS owner,
  max_by(actor_kind, recorded_at) FILTER (WHERE event_type = 'created') AS owner_kind
FROM {branch_lifecycle}
WHERE project_id = :project AND source <> 'simulated'
GROUP BY branch_id
