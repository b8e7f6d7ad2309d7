-- How many rows does a file of sums hold, and between which moments?
-- Engine: DuckDB. The part in braces is filled in by the writer, quoted.
SELECT count(*) AS row_count, min(recorded_at) AS earliest, max(recorded_at) AS latest
FROM read_parquet({file}, hive_partitioning = false)
