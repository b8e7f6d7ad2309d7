-- How busy was each hour of each day (UTC)?
-- Engine: DuckDB and Databricks SQL.
-- params: :project, :branch; the time span is the query's scope. units: mean active sessions
SELECT cast(recorded_at AS date) AS day, hour(recorded_at) AS hour_of_day,
       avg(metric_value) AS active
FROM {lakebase_metrics}
WHERE metric_name = 'active_connections' AND project_id = :project AND branch_id = :branch
GROUP BY cast(recorded_at AS date), hour(recorded_at)
