-- Shows a table and its archive as one, under the table's own name.
-- Engine: DuckDB. The parts in braces are filled in by the reader, quoted.
CREATE SCHEMA IF NOT EXISTS {schema};
CREATE VIEW {schema}.{table} AS SELECT {columns} FROM main.{hot} UNION ALL SELECT {columns} FROM main.{cold};
USE {schema}
