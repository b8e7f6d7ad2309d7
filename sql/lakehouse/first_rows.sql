-- Answers a person's one SELECT, cut after so many rows.
-- Engine: DuckDB. The parts in braces are filled in by the reader.
SELECT * FROM ({select}
) AS asked LIMIT {limit}
