-- How many rows does an archival hold, and what do their hashes add up to?
-- Engine: DuckDB. The scope opens the archival's own files.
SELECT count(*) AS row_count,
       count(DISTINCT "_key") AS key_count,
       CAST(coalesce(sum(CAST('0x' || left("_row_hash", 15) AS BIGINT)), 0) AS VARCHAR) AS hash_sum
FROM {archive}
