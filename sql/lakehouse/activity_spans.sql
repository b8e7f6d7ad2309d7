-- When did statements run on each branch of a project? Intervals that touch are one span.
-- Engine: DuckDB. Timeout: 30 s.
-- Parameters: :project; the span is the query's scope.
-- Units: ran_from, ran_until and generated_until (null: all was measured) in s since 1970; no finer than the interval of measuring.
WITH ran AS (
    SELECT DISTINCT branch_id, epoch(recorded_at) - interval_seconds AS ran_from,
                    epoch(recorded_at) AS ran_until, source
    FROM {pg_stat_history}
    WHERE project_id = :project AND calls > 0 AND interval_seconds > 0),
marked AS (
    SELECT branch_id,
           ran_from,
           ran_until,
           source,
           CASE WHEN ran_from > max(ran_until) OVER (
                    PARTITION BY branch_id ORDER BY ran_from, ran_until
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + 1
                THEN 1 ELSE 0 END AS begins
    FROM ran),
numbered AS (
    SELECT branch_id,
           ran_from,
           ran_until,
           source,
           sum(begins) OVER (PARTITION BY branch_id ORDER BY ran_from, ran_until) AS span
    FROM marked)
SELECT branch_id, min(ran_from) AS ran_from, max(ran_until) AS ran_until,
       max(CASE WHEN source = 'simulated' THEN ran_until END) AS generated_until
FROM numbered
GROUP BY branch_id, span
ORDER BY branch_id, ran_from
