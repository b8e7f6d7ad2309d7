-- What did each day cost by product and kind of use, and how many lines have no price?
-- Engine: DuckDB, Spark SQL, Databricks SQL; unchanged on each. Schema lakebase_ops of catalog ops_catalog.
-- Units: cost in currency; of each day only the bill that was stored last counts.
WITH lines AS (
    SELECT project_id, branch_id, usage_date, product, usage_type, currency, cost, usage_quantity, usage_unit,
           rank() OVER (PARTITION BY project_id, usage_date ORDER BY recorded_at DESC) AS age
    FROM lakebase_ops.cost_attribution
    WHERE share_kind = 'endpoint')
SELECT project_id, branch_id, usage_date, product, usage_type, currency,
       sum(cost) AS cost, sum(usage_quantity) AS usage_quantity, max(usage_unit) AS usage_unit,
       sum(CASE WHEN cost IS NULL THEN 1 ELSE 0 END) AS unpriced
FROM lines
WHERE age = 1
GROUP BY project_id, branch_id, usage_date, product, usage_type, currency
ORDER BY usage_date DESC, cost DESC
