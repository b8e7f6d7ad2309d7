-- In which five minutes of each hour was a branch measured, and in which of them did anything run?
-- Engines: DuckDB, SQL warehouse. Timeout: 30 s.
-- Parameters: :project; the span is the query's scope.
-- Units: rounds and busy are numbers of five minutes, up to 12 an hour.
SELECT branch_id, round_hour, count(*) AS rounds, sum(busy) AS busy, max(simulated) AS simulated
FROM (
    SELECT branch_id, round_hour, slot, max(busy) AS busy, max(simulated) AS simulated
    FROM (
        SELECT branch_id,
               date_trunc('HOUR', recorded_at) AS round_hour,
               floor(extract(MINUTE FROM recorded_at) / 5) AS slot,
               0 AS busy,
               CASE WHEN source = 'simulated' THEN 1 ELSE 0 END AS simulated
        FROM {lakebase_metrics}
        WHERE project_id = :project AND metric_name = 'active_connections'
        UNION ALL
        SELECT branch_id,
               date_trunc('HOUR', recorded_at) AS round_hour,
               floor(extract(MINUTE FROM recorded_at) / 5) AS slot,
               1 AS busy,
               CASE WHEN source = 'simulated' THEN 1 ELSE 0 END AS simulated
        FROM {pg_stat_history}
        WHERE project_id = :project AND total_exec_time > 0) AS seen
    GROUP BY branch_id, round_hour, slot) AS slots
GROUP BY branch_id, round_hour
