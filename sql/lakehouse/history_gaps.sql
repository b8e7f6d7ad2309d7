-- Between which moments does a history hold nothing, for longer than a given time?
-- Engine: DuckDB. Timeout: 10 s.
-- Parameters: :project, :branch, :longer_than (s); the table is named by the caller.
-- Units: s since 1970. The row without an end is where the history ends; the one without a
-- beginning, where it begins.
WITH spans AS (
    SELECT DISTINCT epoch(recorded_at) AS span_end, epoch(recorded_at) - interval_seconds AS span_start
    FROM {history}
    WHERE project_id = :project AND branch_id = :branch
),
followed AS (
    SELECT
        span_start,
        max(span_end) OVER (
            ORDER BY span_start, span_end ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_until
    FROM spans
)
SELECT covered_until AS gap_from, span_start AS gap_until
FROM followed
WHERE span_start - covered_until > CAST(:longer_than AS DOUBLE)
UNION ALL
SELECT max(span_end), NULL FROM spans
UNION ALL
SELECT NULL, min(span_start) FROM spans
