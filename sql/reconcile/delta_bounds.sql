-- Between which values do the keys of a Delta table lie?
-- Engine: DuckDB. The parts in braces are filled in, quoted.
SELECT min({key})::BIGINT AS low, max({key})::BIGINT AS high, count(*) AS row_count FROM {source} AS t
