-- How busy is each hour of the day (UTC), over how many days?
-- Engine: DuckDB and Databricks SQL.
-- params: :project, :branch. units: transactions per second
SELECT hour(recorded_at) AS hour_of_day, avg(metric_value) AS tps,
       count(DISTINCT cast(recorded_at AS date)) AS days
FROM {lakebase_metrics}
WHERE metric_name = 'tps' AND project_id = :project AND branch_id = :branch
GROUP BY hour(recorded_at)
