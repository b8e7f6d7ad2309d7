-- What did each statement cost on a day? Beside the sums stand the intervals that began before
-- the day they ended on, so that a trend can give each day its part of them.
-- Engine: DuckDB. Timeout: 60 s. Run over one partition of the history by its daily maintenance.
-- Parameters: none.
-- Units: ms, blocks of 8 kB, bytes; recorded_at is the beginning of the day.
WITH counted AS (
    SELECT *, date_trunc('day', recorded_at) AS began
    FROM {pg_stat_history}
    WHERE toplevel AND calls > 0 AND interval_seconds > 0
),
sums AS (
    SELECT
        project_id,
        began AS recorded_at,
        source,
        false AS across,
        queryid,
        datname,
        rolname,
        max(counted.recorded_at) AS latest_at,
        86400.0::DOUBLE AS interval_seconds,
        sum(calls)::BIGINT AS calls,
        sum(total_exec_time) AS total_exec_time,
        max_by(stddev_exec_time, counted.recorded_at) AS stddev_exec_time,
        sum(rows)::BIGINT AS rows,
        sum(shared_blks_hit)::BIGINT AS shared_blks_hit,
        sum(shared_blks_read)::BIGINT AS shared_blks_read,
        sum(temp_blks_read + temp_blks_written)::BIGINT AS temp_blks,
        sum(wal_bytes)::BIGINT AS wal_bytes,
        reset_detected,
        sum(total_exec_time * total_exec_time / calls) AS square_sum,
        sum(calls::DOUBLE * calls) AS calls_squared
    FROM counted
    GROUP BY project_id, began, source, queryid, datname, rolname, reset_detected
),
across_days AS (
    SELECT
        project_id,
        began AS recorded_at,
        source,
        true AS across,
        queryid,
        datname,
        rolname,
        counted.recorded_at AS latest_at,
        interval_seconds,
        calls,
        total_exec_time,
        stddev_exec_time,
        rows,
        shared_blks_hit,
        shared_blks_read,
        temp_blks_read + temp_blks_written AS temp_blks,
        wal_bytes,
        reset_detected,
        NULL::DOUBLE AS square_sum,
        NULL::DOUBLE AS calls_squared
    FROM counted
    WHERE epoch(counted.recorded_at) - interval_seconds < epoch(began)
)
SELECT * FROM sums
UNION ALL
SELECT * FROM across_days
ORDER BY project_id, across, queryid, recorded_at
