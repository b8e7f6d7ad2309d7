-- What did the compute of each branch cost, as last stored?
-- Engines: DuckDB, SQL warehouse. Timeout: 10 s.
-- Parameters: :project, :from (first day, ISO 8601).
-- Units: cost in currency; quantity in usage_unit.
SELECT c.branch_id,
       sum(c.cost) AS cost,
       sum(c.usage_quantity) AS quantity,
       max(c.currency) AS currency,
       min(c.usage_date) AS first_day,
       max(c.usage_date) AS last_day,
       max(CASE WHEN c.source = 'simulated' THEN c.usage_date END) AS generated_day
FROM {cost_attribution} AS c
JOIN (
    SELECT usage_date, max(recorded_at) AS recorded_at
    FROM {cost_attribution}
    WHERE project_id = :project AND usage_date >= :from
    GROUP BY usage_date) AS last
    ON c.usage_date = last.usage_date AND c.recorded_at = last.recorded_at
WHERE c.project_id = :project AND c.share_kind = 'endpoint' AND c.usage_type = 'COMPUTE_TIME'
GROUP BY c.branch_id
