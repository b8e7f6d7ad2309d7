-- How did these statements develop over a time range, slice by slice?
-- Engine: DuckDB. Timeout: 10 s.
-- Parameters: :project, :branch, :since and :till (s since 1970), :slices, :queryids (separated by
-- commas), :lowest and :highest of them: what lies outside is never read.
-- Units: ms, blocks of 8 kB, bytes; what was counted in an interval is spread evenly over it.
WITH deltas AS (
    SELECT
        *,
        epoch(recorded_at) AS interval_end,
        (CAST(:till AS DOUBLE) - CAST(:since AS DOUBLE)) / CAST(:slices AS DOUBLE) AS width
    FROM {pg_stat_history}
    WHERE project_id = :project AND branch_id = :branch AND toplevel AND interval_seconds > 0
      AND queryid BETWEEN CAST(:lowest AS BIGINT) AND CAST(:highest AS BIGINT)
      AND queryid IN (SELECT CAST(unnest(string_split(CAST(:queryids AS VARCHAR), ',')) AS BIGINT))
),
placed AS (
    SELECT
        *,
        unnest(range(
            greatest(0, CAST(floor((interval_end - interval_seconds - CAST(:since AS DOUBLE)) / width) AS BIGINT)),
            least(CAST(:slices AS BIGINT), CAST(ceil((interval_end - CAST(:since AS DOUBLE)) / width) AS BIGINT)))) AS slice
    FROM deltas
),
shared AS (
    SELECT
        *,
        greatest(0, least(interval_end, CAST(:since AS DOUBLE) + (slice + 1) * width)
            - greatest(interval_end - interval_seconds, CAST(:since AS DOUBLE) + slice * width))
            / interval_seconds AS share
    FROM placed
)
SELECT
    queryid,
    slice,
    sum(calls * share) AS calls,
    sum(total_exec_time * share) AS total_exec_time,
    sum(rows * share) AS rows,
    sum(shared_blks_hit * share) AS shared_blks_hit,
    sum(shared_blks_read * share) AS shared_blks_read,
    sum((temp_blks_read + temp_blks_written) * share) AS temp_blks,
    sum(wal_bytes * share) AS wal_bytes,
    bool_or(reset_detected) AS reset_detected,
    bool_or(source = 'simulated') AS simulated
FROM shared
WHERE share > 0
GROUP BY queryid, slice
ORDER BY queryid, slice
