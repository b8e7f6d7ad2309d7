-- Shows a Delta table that has no file in the scope: its typed columns and no row.
-- Engine: DuckDB.
CREATE OR REPLACE TEMP VIEW {view} AS
SELECT {typed_nulls} WHERE false
