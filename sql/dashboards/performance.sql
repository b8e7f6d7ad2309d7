-- Which statements took the most time in the last two hours, and which became slower than in the 24 hours before?
-- Engine: DuckDB, Spark SQL, Databricks SQL; unchanged on each. Schema lakebase_ops of catalog ops_catalog.
-- Units: ms; t is Welch's statistic over the means of intervals, above 3 with 5 intervals on each side is significant.
WITH deltas AS (
    SELECT project_id, branch_id, datname, rolname, queryid, calls, total_exec_time,
           total_exec_time / calls AS interval_mean,
           recorded_at >= current_timestamp - INTERVAL 2 HOUR AS recent
    FROM lakebase_ops.pg_stat_history
    WHERE calls > 0 AND recorded_at >= current_timestamp - INTERVAL 26 HOUR),
sides AS (
    SELECT project_id, branch_id, datname, rolname, queryid,
           sum(CASE WHEN recent THEN calls ELSE 0 END) AS calls_now,
           sum(CASE WHEN recent THEN total_exec_time ELSE 0 END) AS ms_now,
           sum(CASE WHEN recent THEN 0 ELSE calls END) AS calls_before,
           sum(CASE WHEN recent THEN 0 ELSE total_exec_time END) AS ms_before,
           count(CASE WHEN recent THEN interval_mean END) AS n_now,
           count(CASE WHEN recent THEN NULL ELSE interval_mean END) AS n_before,
           avg(CASE WHEN recent THEN interval_mean END) AS avg_now,
           avg(CASE WHEN recent THEN NULL ELSE interval_mean END) AS avg_before,
           var_samp(CASE WHEN recent THEN interval_mean END) AS var_now,
           var_samp(CASE WHEN recent THEN NULL ELSE interval_mean END) AS var_before
    FROM deltas
    GROUP BY project_id, branch_id, datname, rolname, queryid),
tested AS (
    SELECT *, (avg_now - avg_before) / nullif(sqrt(var_now / nullif(n_now, 0) + var_before / nullif(n_before, 0)), 0) AS t
    FROM sides)
SELECT project_id, branch_id, datname, rolname, queryid, calls_now, ms_now,
       ms_now / nullif(calls_now, 0) AS mean_now, ms_before / nullif(calls_before, 0) AS mean_before, t,
       n_now >= 5 AND n_before >= 5 AND coalesce(t, 0) > 3 AS slower
FROM tested
WHERE calls_now > 0
ORDER BY ms_now DESC
LIMIT 50
