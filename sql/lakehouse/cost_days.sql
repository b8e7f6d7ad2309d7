-- Which bill of each day is stored last?
-- Engines: DuckDB, SQL warehouse. Timeout: 10 s.
-- Parameters: :project; the span is the query's scope.
-- Units: cost in the currency of the rows; unpriced is the number of lines without a price.
SELECT c.usage_date,
       c.recorded_at,
       sum(c.cost) AS cost,
       count(*) AS lines,
       sum(CASE WHEN c.cost IS NULL THEN 1 ELSE 0 END) AS unpriced
FROM {cost_attribution} AS c
JOIN (
    SELECT usage_date, max(recorded_at) AS recorded_at
    FROM {cost_attribution}
    WHERE project_id = :project
    GROUP BY usage_date) AS last
    ON c.usage_date = last.usage_date AND c.recorded_at = last.recorded_at
WHERE c.project_id = :project AND c.share_kind = 'endpoint'
GROUP BY c.usage_date, c.recorded_at
