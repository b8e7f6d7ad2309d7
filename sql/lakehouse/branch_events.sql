-- What happened to the branches of a project last, and how often each kind of event in the span?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project; the span is the query's scope.
-- Units: of_type counts the events of this kind in the whole span, also those not listed.
SELECT
  branch_id, recorded_at, event_type, source_branch, actor, actor_kind, reason, source = 'simulated' AS generated,
  count(*) OVER (PARTITION BY event_type) AS of_type
FROM {branch_lifecycle}
WHERE project_id = :project
ORDER BY recorded_at DESC, branch_id
LIMIT 400
