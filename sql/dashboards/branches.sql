-- Which branches live, since when, until when, and who made them?
-- Engine: DuckDB, Spark SQL, Databricks SQL; unchanged on each. Schema lakebase_ops of catalog ops_catalog.
-- Units: seconds; a branch whose last event is neither a deletion nor an expiry lives.
WITH events AS (
    SELECT project_id, branch_id, event_type, source_branch, ttl_seconds, is_protected, actor, actor_kind, recorded_at,
           row_number() OVER (PARTITION BY project_id, branch_id ORDER BY recorded_at DESC) AS age
    FROM lakebase_ops.branch_lifecycle)
SELECT project_id, branch_id,
       min(CASE WHEN event_type = 'created' THEN recorded_at END) AS created_at,
       max(CASE WHEN event_type = 'created' THEN actor END) AS created_by,
       max(CASE WHEN age = 1 THEN event_type END) AS last_event,
       max(CASE WHEN age = 1 THEN ttl_seconds END) AS ttl_seconds,
       max(CASE WHEN age = 1 AND is_protected THEN 1 ELSE 0 END) AS protected_now,
       sum(CASE WHEN event_type = 'reset' THEN 1 ELSE 0 END) AS resets,
       max(CASE WHEN age = 1 AND event_type NOT IN ('deleted', 'expired') THEN 1 ELSE 0 END) AS lives
FROM events
GROUP BY project_id, branch_id
ORDER BY lives DESC, project_id, branch_id
