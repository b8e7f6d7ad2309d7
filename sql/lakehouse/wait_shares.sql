-- Which statements, roles, applications, databases or events had the most active session time in a
-- time range, by what they waited for?
-- Engine: DuckDB. Timeout: 10 s.
-- Parameters: :project, :branch, :since and :till (s since 1970), :dimension, :keys,
-- :skip_run and :skip_from (what of one run is known otherwise).
-- Units: s of session time; the row without a type is the time that was sampled.
WITH parts AS (
    SELECT
        CASE CAST(:dimension AS VARCHAR)
            WHEN 'statement' THEN CAST(queryid AS VARCHAR)
            WHEN 'role' THEN rolname
            WHEN 'application' THEN application_name
            WHEN 'database' THEN datname
            WHEN 'event' THEN wait_event
            ELSE backend_type
        END AS dimension_key,
        wait_event_type,
        run_id,
        recorded_at,
        interval_seconds,
        samples * sample_period_seconds AS session_seconds,
        greatest(0, least(epoch(recorded_at), CAST(:till AS DOUBLE))
            - greatest(epoch(recorded_at) - interval_seconds, CAST(:since AS DOUBLE))) AS inside,
        source = 'simulated' AS simulated
    FROM {wait_samples}
    WHERE project_id = :project AND branch_id = :branch AND interval_seconds > 0
      AND NOT (run_id = CAST(:skip_run AS VARCHAR) AND epoch(recorded_at) > CAST(:skip_from AS DOUBLE))
),
by_class AS (
    SELECT
        dimension_key,
        wait_event_type,
        sum(session_seconds * inside / interval_seconds) AS session_seconds,
        bool_or(simulated) AS simulated
    FROM parts
    WHERE inside > 0
    GROUP BY dimension_key, wait_event_type
),
ranked AS (
    SELECT *, sum(session_seconds) OVER (PARTITION BY dimension_key) AS key_seconds
    FROM by_class
),
numbered AS (
    SELECT *, dense_rank() OVER (ORDER BY key_seconds DESC, dimension_key) AS place FROM ranked
)
SELECT
    CASE WHEN place <= CAST(:keys AS BIGINT) THEN dimension_key END AS dimension_key,
    place > CAST(:keys AS BIGINT) AS is_rest,
    wait_event_type,
    sum(session_seconds) AS session_seconds,
    bool_or(simulated) AS simulated
FROM numbered
GROUP BY 1, 2, 3
UNION ALL
SELECT NULL, false, NULL, sum(seconds), coalesce(bool_or(simulated), false)
FROM (
    SELECT max(inside) AS seconds, bool_or(simulated) AS simulated
    FROM parts
    GROUP BY run_id, recorded_at
)
