-- Since when was each index of a database not scanned, and how regularly before?
-- Engines: DuckDB, SQL warehouse. Timeout: 5 s.
-- Parameters: :project, :branch, :database.
-- Units: watched_from the first look; last_used the end of the last interval with a scan, null for
-- none; looks_before the intervals up to it, looks_used those with a scan; unseen_seconds s since
-- then whose scans were lost, resets how often; generated_until null: all was measured.
WITH seen AS (
    SELECT index_oid, recorded_at, unseen_seconds, scans, reset_detected, source
    FROM {index_usage_history}
    WHERE project_id = :project AND branch_id = :branch AND datname = :database),
used AS (
    SELECT index_oid,
           min(recorded_at) AS watched_from,
           max(recorded_at) AS seen_at,
           max(CASE WHEN scans > 0 THEN recorded_at END) AS last_used,
           coalesce(max(CASE WHEN scans > 0 THEN recorded_at END), min(recorded_at)) AS idle_from
    FROM seen
    GROUP BY index_oid)
SELECT u.index_oid,
       u.watched_from,
       u.seen_at,
       u.last_used,
       sum(CASE WHEN s.recorded_at <= u.last_used AND s.scans IS NOT NULL THEN 1 ELSE 0 END)
           AS looks_before,
       sum(CASE WHEN s.scans > 0 THEN 1 ELSE 0 END) AS looks_used,
       sum(CASE WHEN s.recorded_at > u.idle_from THEN coalesce(s.unseen_seconds, 0) ELSE 0 END)
           AS unseen_seconds,
       sum(CASE WHEN s.recorded_at > u.idle_from AND s.reset_detected THEN 1 ELSE 0 END) AS resets,
       max(CASE WHEN s.source = 'simulated' THEN s.recorded_at END) AS generated_until
FROM used AS u
JOIN seen AS s ON s.index_oid = u.index_oid
GROUP BY u.index_oid, u.watched_from, u.seen_at, u.last_used
