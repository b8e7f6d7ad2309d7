-- What was archived, how much storage did it give back, and what was restored?
-- Engine: DuckDB, Spark SQL, Databricks SQL; unchanged on each. Schema lakebase_ops of catalog ops_catalog.
-- Units: rows, bytes.
SELECT project_id, branch_id, source_table, archive_table,
       sum(CASE WHEN status = 'succeeded' THEN 1 ELSE 0 END) AS archivals,
       sum(CASE WHEN status = 'succeeded' THEN rows_archived ELSE 0 END) AS rows_archived,
       sum(CASE WHEN status = 'succeeded' THEN bytes_reclaimed ELSE 0 END) AS bytes_reclaimed,
       sum(CASE WHEN status = 'restored' THEN 1 ELSE 0 END) AS restores,
       sum(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS failures,
       max(recorded_at) AS last_at
FROM lakebase_ops.data_archival_history
GROUP BY project_id, branch_id, source_table, archive_table
ORDER BY bytes_reclaimed DESC, source_table
