-- Which statements took the most time in a span, and how much did they do in it?
-- Engines: DuckDB, SQL warehouse. Timeout: 10 s.
-- Parameters: :project, :branch, :limit; the span is the query's scope.
-- Units: total_exec_time and mean_exec_time in ms, blocks of 8 kB, wal_bytes in bytes; sums of
-- differences, so a reset of the counters does no harm.
SELECT
    h.queryid,
    h.datname,
    h.rolname,
    sum(h.calls) AS calls,
    sum(h.total_exec_time) AS total_exec_time,
    sum(h.total_exec_time) / nullif(sum(h.calls), 0) AS mean_exec_time,
    sum(h.rows) AS rows,
    sum(h.shared_blks_hit) AS shared_blks_hit,
    sum(h.shared_blks_read) AS shared_blks_read,
    sum(h.temp_blks_written) AS temp_blks_written,
    sum(h.wal_bytes) AS wal_bytes,
    max(t.query) AS query
FROM {pg_stat_history} AS h
LEFT JOIN (
    SELECT project_id, branch_id, queryid, max(query) AS query
    FROM {query_text}
    GROUP BY project_id, branch_id, queryid
) AS t
    ON t.project_id = h.project_id AND t.branch_id = h.branch_id AND t.queryid = h.queryid
WHERE h.project_id = :project AND h.branch_id = :branch
GROUP BY h.queryid, h.datname, h.rolname
ORDER BY total_exec_time DESC
LIMIT :limit
