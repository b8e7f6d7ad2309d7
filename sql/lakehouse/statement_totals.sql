-- Which statements (or roles, or databases) took the most time in a range, and how was it in the
-- equally long range before?
-- Engine: DuckDB. Timeout: 10 s.
-- Parameters: :project, :branch, :since (s since 1970, where the range begins; the scope is both
-- ranges), :dimension, :keys.
-- Units: ms, blocks of 8 kB, bytes of WAL; sums of differences, so a reset of the counters does no
-- harm. Squares are of the means of intervals, weighted by calls: what a test of the difference
-- needs. Statements run inside functions are part of those that call them.
-- Whole hours and days come from their sums, the rest from the rows themselves.
WITH summed AS (
    SELECT *, recorded_at >= to_timestamp(CAST(:since AS DOUBLE)) AS inside FROM {pg_stat_history_hourly}
    WHERE NOT across
    UNION ALL BY NAME
    SELECT *, recorded_at >= to_timestamp(CAST(:since AS DOUBLE)) AS inside FROM {pg_stat_history_daily}
    WHERE NOT across
),
parts AS (
    SELECT
        queryid,
        rolname,
        datname,
        epoch(recorded_at) > CAST(:since AS DOUBLE) AS inside,
        sum(calls) AS calls,
        sum(total_exec_time) AS total_exec_time,
        max_by(stddev_exec_time, recorded_at) AS latest_deviation,
        max(recorded_at) AS latest_at,
        sum(rows) AS rows,
        sum(shared_blks_hit) AS shared_blks_hit,
        sum(shared_blks_read) AS shared_blks_read,
        sum(temp_blks_read + temp_blks_written) AS temp_blks,
        sum(wal_bytes) AS wal_bytes,
        bool_or(reset_detected) AS reset_detected,
        bool_or(source = 'simulated') AS simulated,
        sum(total_exec_time * total_exec_time / calls) AS square_sum,
        sum(CAST(calls AS DOUBLE) * calls) AS calls_squared
    FROM {pg_stat_history}
    WHERE project_id = :project AND branch_id = :branch AND toplevel AND calls > 0 AND interval_seconds > 0
    GROUP BY queryid, rolname, datname, inside
    UNION ALL
    SELECT
        queryid,
        rolname,
        datname,
        inside,
        sum(calls),
        sum(total_exec_time),
        max_by(stddev_exec_time, latest_at),
        max(latest_at),
        sum(rows),
        sum(shared_blks_hit),
        sum(shared_blks_read),
        sum(temp_blks),
        sum(wal_bytes),
        bool_or(reset_detected),
        bool_or(source = 'simulated'),
        sum(square_sum),
        sum(calls_squared)
    FROM summed
    WHERE project_id = :project AND branch_id = :branch
    GROUP BY queryid, rolname, datname, inside
),
keyed AS (
    SELECT
        CASE CAST(:dimension AS VARCHAR)
            WHEN 'statement' THEN CAST(queryid AS VARCHAR)
            WHEN 'role' THEN rolname
            ELSE datname
        END AS dimension_key,
        CASE WHEN CAST(:dimension AS VARCHAR) = 'statement' THEN datname END AS in_database,
        *
    FROM parts
),
totals AS (
    SELECT
        dimension_key,
        in_database,
        min(rolname) FILTER (WHERE inside) AS rolname,
        sum(calls) FILTER (WHERE inside) AS calls,
        sum(total_exec_time) FILTER (WHERE inside) AS total_exec_time,
        max_by(latest_deviation, latest_at) FILTER (WHERE inside) AS stddev_exec_time,
        sum(rows) FILTER (WHERE inside) AS rows,
        sum(shared_blks_hit) FILTER (WHERE inside) AS shared_blks_hit,
        sum(shared_blks_read) FILTER (WHERE inside) AS shared_blks_read,
        sum(temp_blks) FILTER (WHERE inside) AS temp_blks,
        sum(wal_bytes) FILTER (WHERE inside) AS wal_bytes,
        coalesce(bool_or(reset_detected) FILTER (WHERE inside), false) AS reset_detected,
        coalesce(bool_or(simulated) FILTER (WHERE inside), false) AS simulated,
        coalesce(bool_or(simulated) FILTER (WHERE NOT inside), false) AS simulated_before,
        sum(square_sum) FILTER (WHERE inside) AS square_sum,
        sum(calls_squared) FILTER (WHERE inside) AS calls_squared,
        sum(calls) FILTER (WHERE NOT inside) AS calls_before,
        sum(total_exec_time) FILTER (WHERE NOT inside) AS total_before,
        sum(square_sum) FILTER (WHERE NOT inside) AS square_sum_before,
        sum(calls_squared) FILTER (WHERE NOT inside) AS calls_squared_before
    FROM keyed
    GROUP BY dimension_key, in_database
    HAVING bool_or(inside)
)
SELECT
    *,
    count(*) OVER () AS all_keys,
    sum(calls) OVER () AS all_calls,
    sum(total_exec_time) OVER () AS all_exec_time,
    sum(rows) OVER () AS all_rows,
    sum(shared_blks_hit) OVER () AS all_blks_hit,
    sum(shared_blks_read) OVER () AS all_blks_read,
    sum(temp_blks) OVER () AS all_temp_blks,
    sum(wal_bytes) OVER () AS all_wal_bytes
FROM totals
ORDER BY total_exec_time DESC, dimension_key
LIMIT CAST(:keys AS BIGINT)
