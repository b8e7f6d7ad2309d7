-- How many rows has a Delta table, and when was the last one changed?
-- Engine: DuckDB. The parts in braces are filled in, quoted.
SELECT count(*) AS row_count, {moment} AS latest FROM {source} AS t
