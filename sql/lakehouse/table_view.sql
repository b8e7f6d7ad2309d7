-- Shows one version of a Delta table under its name: all columns of its schema, typed, also those
-- that older files lack; without the rows that deletion vectors take out; partition values come from
-- the transaction log, by the file's position.
-- Engine: DuckDB. The parts in braces are filled in by the reader, quoted.
CREATE OR REPLACE TEMP VIEW {view} AS
SELECT {columns}
FROM (
    SELECT {stored}
    FROM (
        SELECT {stored_nulls} WHERE false
        UNION ALL BY NAME
        SELECT {file_columns}
        FROM read_parquet([{files}], union_by_name = true, hive_partitioning = false)
        WHERE {present}
    )
)
WHERE {scope}
