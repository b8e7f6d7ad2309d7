-- What did every server measure last, and how busy was each of them by slices of the time span?
-- Engine: DuckDB. Timeout: 10 s.
-- Parameters: :since (s since 1970), :width (s of a slice), :load (the metric that is cut into slices);
-- the time span is the query's scope.
-- Units: mean and last in the metric's own unit; slice -1 is the whole span.
SELECT
    project_id,
    branch_id,
    metric_name,
    CASE WHEN metric_name = :load
        THEN CAST(floor((epoch(recorded_at) - CAST(:since AS DOUBLE)) / CAST(:width AS DOUBLE)) AS BIGINT)
        ELSE -1 END AS slice,
    avg(metric_value) AS mean,
    max_by(metric_value, recorded_at) AS last,
    max_by(coalesce(subject, ''), recorded_at) AS subject,
    max(recorded_at) AS measured_at
FROM {lakebase_metrics}
WHERE metric_value IS NOT NULL
GROUP BY 1, 2, 3, 4
