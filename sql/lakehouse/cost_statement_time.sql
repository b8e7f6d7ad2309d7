-- Which statements and roles had the time of each day? Five minutes belong to who ran in them, by
-- measured time; statements that are not among the day's first are one, without a queryid.
-- Engines: DuckDB, SQL warehouse. Timeout: 30 s.
-- Parameters: :project, :top (statements of a branch and day); the span is the query's scope.
-- Units: seconds of the intervals, which sum to the time in which anything ran.
WITH ran AS (
    SELECT branch_id,
           CAST(recorded_at AS DATE) AS usage_date,
           rolname,
           queryid,
           source,
           interval_seconds * (total_exec_time + coalesce(total_plan_time, 0))
               / sum(total_exec_time + coalesce(total_plan_time, 0))
                   OVER (PARTITION BY branch_id, recorded_at) AS seconds
    FROM {pg_stat_history}
    WHERE project_id = :project AND total_exec_time > 0),
sums AS (
    SELECT branch_id, usage_date, rolname, queryid, sum(seconds) AS seconds,
           max(CASE WHEN source = 'simulated' THEN 1 ELSE 0 END) AS simulated
    FROM ran
    GROUP BY branch_id, usage_date, rolname, queryid),
ranked AS (
    SELECT branch_id,
           usage_date,
           rolname,
           queryid,
           seconds,
           simulated,
           row_number() OVER (
               PARTITION BY branch_id, usage_date ORDER BY seconds DESC, queryid, rolname) AS place
    FROM sums),
told AS (
    SELECT branch_id,
           usage_date,
           rolname,
           CASE WHEN place <= :top THEN queryid END AS queryid,
           seconds,
           simulated
    FROM ranked)
SELECT branch_id, usage_date, rolname, queryid, sum(seconds) AS seconds, max(simulated) AS simulated
FROM told
GROUP BY branch_id, usage_date, rolname, queryid
