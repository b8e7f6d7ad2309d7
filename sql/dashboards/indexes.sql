-- What was recommended about indexes, and what became of it?
-- Engine: DuckDB, Spark SQL, Databricks SQL; unchanged on each. Schema lakebase_ops of catalog ops_catalog.
-- Units: recommendations, by the newest status of each.
WITH newest AS (
    SELECT project_id, branch_id, recommendation_id, recommendation_type, status, confidence, recorded_at,
           row_number() OVER (PARTITION BY recommendation_id ORDER BY recorded_at DESC) AS age
    FROM lakebase_ops.index_recommendations)
SELECT project_id, branch_id, recommendation_type,
       count(*) AS recommendations,
       sum(CASE WHEN status = 'pending_review' THEN 1 ELSE 0 END) AS pending,
       sum(CASE WHEN status IN ('approved', 'executed') THEN 1 ELSE 0 END) AS accepted,
       sum(CASE WHEN status = 'rejected' THEN 1 ELSE 0 END) AS rejected,
       avg(confidence) AS mean_confidence, max(recorded_at) AS last_change
FROM newest
WHERE age = 1
GROUP BY project_id, branch_id, recommendation_type
ORDER BY recommendations DESC, recommendation_type
