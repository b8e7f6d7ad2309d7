-- How did these statements develop over a time range, slice by slice?
-- Engine: DuckDB. Timeout: 10 s.
-- Parameters: :project, :branch, :edges (s since 1970, separated by commas: where the slices begin,
-- and the end), :queryids (separated by commas), :lowest and :highest of them: what lies outside is
-- never read.
-- Units: ms, blocks of 8 kB, bytes; what was counted in an interval is spread evenly over it. An
-- interval that began before its hour or day is taken out of the sum and spread by itself.
WITH edges AS (
    SELECT CAST(unnest(string_split(CAST(:edges AS VARCHAR), ',')) AS DOUBLE) AS edge
),
slices AS (
    SELECT
        row_number() OVER (ORDER BY edge) - 1 AS slice,
        edge AS slice_start,
        lead(edge) OVER (ORDER BY edge) AS slice_end
    FROM edges
),
wanted AS (
    SELECT CAST(unnest(string_split(CAST(:queryids AS VARCHAR), ',')) AS BIGINT) AS queryid
),
summed AS (
    SELECT *, 3600 AS width FROM {pg_stat_history_hourly}
    UNION ALL BY NAME
    SELECT *, 86400 AS width FROM {pg_stat_history_daily}
),
chosen AS (
    SELECT * FROM summed
    WHERE project_id = :project AND branch_id = :branch
      AND queryid BETWEEN CAST(:lowest AS BIGINT) AND CAST(:highest AS BIGINT)
      AND queryid IN (SELECT queryid FROM wanted)
),
counted AS (
    SELECT queryid, epoch(recorded_at) - interval_seconds AS began, epoch(recorded_at) AS ended, 1 AS times,
           calls, total_exec_time, rows, shared_blks_hit, shared_blks_read,
           temp_blks_read + temp_blks_written AS temp_blks, wal_bytes, reset_detected, source
    FROM {pg_stat_history}
    WHERE project_id = :project AND branch_id = :branch AND toplevel AND calls > 0 AND interval_seconds > 0
      AND queryid BETWEEN CAST(:lowest AS BIGINT) AND CAST(:highest AS BIGINT)
      AND queryid IN (SELECT queryid FROM wanted)
    UNION ALL
    SELECT queryid, CASE WHEN across THEN epoch(latest_at) - interval_seconds ELSE epoch(recorded_at) END,
           CASE WHEN across THEN epoch(latest_at) ELSE epoch(recorded_at) + width END, 1,
           calls, total_exec_time, rows, shared_blks_hit, shared_blks_read, temp_blks, wal_bytes, reset_detected, source
    FROM chosen
    UNION ALL
    SELECT queryid, epoch(recorded_at), epoch(recorded_at) + width, -1,
           calls, total_exec_time, rows, shared_blks_hit, shared_blks_read, temp_blks, wal_bytes, reset_detected, source
    FROM chosen
    WHERE across
),
shared AS (
    SELECT
        *,
        (least(ended, slice_end) - greatest(began, slice_start)) / (ended - began) * times AS share
    FROM counted
    JOIN slices ON began < slice_end AND ended > slice_start
),
sums AS (
    SELECT
        queryid,
        slice,
        reset_detected,
        source,
        sum(calls * share) AS calls,
        sum(total_exec_time * share) AS total_exec_time,
        sum(rows * share) AS rows,
        sum(shared_blks_hit * share) AS shared_blks_hit,
        sum(shared_blks_read * share) AS shared_blks_read,
        sum(temp_blks * share) AS temp_blks,
        sum(wal_bytes * share) AS wal_bytes
    FROM shared
    GROUP BY queryid, slice, reset_detected, source
    -- Less than a millionth of a call is what is left of one taken out.
    HAVING sum(calls * share) > 1e-6
)
SELECT
    queryid,
    slice,
    sum(calls) AS calls,
    sum(total_exec_time) AS total_exec_time,
    sum(rows) AS rows,
    sum(shared_blks_hit) AS shared_blks_hit,
    sum(shared_blks_read) AS shared_blks_read,
    sum(temp_blks) AS temp_blks,
    sum(wal_bytes) AS wal_bytes,
    bool_or(reset_detected) AS reset_detected,
    bool_or(source = 'simulated') AS simulated
FROM sums
GROUP BY queryid, slice
ORDER BY queryid, slice
