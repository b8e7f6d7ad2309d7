-- Which rows of a table's files do deletion vectors take out, by the file's position and the row's?
-- Engine: DuckDB. The parts in braces are filled in by the reader.
CREATE OR REPLACE TEMP TABLE {deleted} AS
SELECT file::BIGINT AS file, unnest(rows::BIGINT[]) AS row
FROM (VALUES {rows}) AS vectors (file, rows)
