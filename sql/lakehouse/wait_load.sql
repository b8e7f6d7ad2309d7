-- How many sessions were active on average, by slice of a time range and by what they waited for?
-- Engine: DuckDB. Timeout: 10 s.
-- Parameters: :project, :branch, :since and :till (s since 1970), :slices, :queryid (null: all),
-- :skip_run and :skip_from (what of one run is known otherwise).
-- Units: s; a row without a type is the time that was sampled in the slice. A sum is spread evenly
-- over the interval it was counted in.
WITH sums AS (
    SELECT
        run_id,
        epoch(recorded_at) AS interval_end,
        wait_event_type,
        max(interval_seconds) AS interval_seconds,
        coalesce(sum(samples * sample_period_seconds) FILTER (
            WHERE CAST(:queryid AS BIGINT) IS NULL OR queryid = CAST(:queryid AS BIGINT)), 0) AS session_seconds,
        bool_or(source = 'simulated') AS simulated
    FROM {wait_samples}
    WHERE project_id = :project AND branch_id = :branch AND interval_seconds > 0
      AND NOT (run_id = CAST(:skip_run AS VARCHAR) AND epoch(recorded_at) > CAST(:skip_from AS DOUBLE))
    GROUP BY run_id, recorded_at, wait_event_type
),
parts AS (
    SELECT wait_event_type, interval_end, interval_seconds, session_seconds, simulated FROM sums
    UNION ALL
    SELECT NULL, interval_end, max(interval_seconds), max(interval_seconds), bool_or(simulated)
    FROM sums
    GROUP BY run_id, interval_end
),
placed AS (
    SELECT
        *,
        (CAST(:till AS DOUBLE) - CAST(:since AS DOUBLE)) / CAST(:slices AS DOUBLE) AS width,
        unnest(range(
            greatest(0, CAST(floor((interval_end - interval_seconds - CAST(:since AS DOUBLE))
                / (CAST(:till AS DOUBLE) - CAST(:since AS DOUBLE)) * CAST(:slices AS DOUBLE)) AS BIGINT)),
            least(CAST(:slices AS BIGINT), CAST(ceil((interval_end - CAST(:since AS DOUBLE))
                / (CAST(:till AS DOUBLE) - CAST(:since AS DOUBLE)) * CAST(:slices AS DOUBLE)) AS BIGINT)))) AS slice
    FROM parts
)
SELECT
    slice,
    wait_event_type,
    sum(session_seconds / interval_seconds * greatest(0,
        least(interval_end, CAST(:since AS DOUBLE) + (slice + 1) * width)
        - greatest(interval_end - interval_seconds, CAST(:since AS DOUBLE) + slice * width))) AS session_seconds,
    bool_or(simulated) AS simulated
FROM placed
GROUP BY slice, wait_event_type
ORDER BY slice, wait_event_type
