-- Which applications were active on each day, by sampled sessions?
-- Engines: DuckDB, SQL warehouse. Timeout: 30 s.
-- Parameters: :project; the span is the query's scope.
-- Units: seconds of sessions that were active or waited.
SELECT branch_id, usage_date, application, sum(seconds) AS seconds,
       max(CASE WHEN source = 'simulated' THEN 1 ELSE 0 END) AS simulated
FROM (
    SELECT branch_id,
           CAST(recorded_at AS DATE) AS usage_date,
           CASE WHEN backend_type = 'client backend' THEN coalesce(application_name, '')
                ELSE backend_type END AS application,
           samples * sample_period_seconds AS seconds,
           source
    FROM {wait_samples}
    WHERE project_id = :project) AS sampled
GROUP BY branch_id, usage_date, application
