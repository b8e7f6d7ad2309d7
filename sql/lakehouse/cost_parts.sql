-- What did each part of a project's bill cost on each day, as last stored?
-- Engine: DuckDB. Timeout: 10 s.
-- Parameters: :project, :kind (endpoint: by branch; role, application or query), :branch (or empty
-- for all), :from and :until (first and last day, ISO 8601).
-- Units: cost and other_cost in currency; quantity in the unit of compute, mostly DBU; other_cost is
-- what is no compute; unpriced is the number of lines without a price.
SELECT c.usage_date,
       CASE WHEN CAST(:kind AS VARCHAR) = 'endpoint' THEN c.branch_id ELSE c.share_key END AS part,
       sum(c.cost) AS cost,
       sum(CASE WHEN c.usage_type = 'COMPUTE_TIME' THEN c.usage_quantity ELSE 0 END) AS quantity,
       sum(CASE WHEN c.usage_type <> 'COMPUTE_TIME' THEN c.cost ELSE 0 END) AS other_cost,
       max(c.currency) AS currency,
       max(c.data_watermark) AS watermark,
       max(CASE WHEN c.source = 'simulated' THEN 1 ELSE 0 END) AS simulated,
       sum(CASE WHEN c.price_origin = 'negotiated' THEN 1 ELSE 0 END) AS negotiated,
       sum(CASE WHEN c.cost IS NULL THEN 1 ELSE 0 END) AS unpriced
FROM {cost_attribution} AS c
JOIN (
    SELECT usage_date, max(recorded_at) AS recorded_at
    FROM {cost_attribution}
    WHERE project_id = :project
      AND usage_date BETWEEN CAST(:from AS VARCHAR) AND CAST(:until AS VARCHAR)
    GROUP BY usage_date) AS last
    ON c.usage_date = last.usage_date AND c.recorded_at = last.recorded_at
WHERE c.project_id = :project AND c.share_kind = CAST(:kind AS VARCHAR)
  AND (CAST(:branch AS VARCHAR) = '' OR c.branch_id = CAST(:branch AS VARCHAR))
GROUP BY c.usage_date, 2
ORDER BY c.usage_date, 2
