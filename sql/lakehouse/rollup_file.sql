-- Writes the sums of one partition into a file.
-- Engine: DuckDB. The parts in braces are filled in by the writer, quoted. Small groups of rows: who
-- asks for one statement skips nearly all of them by their statistics.
COPY (SELECT *, {run} AS run_id FROM ({query}))
TO {file} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 4096, USE_TMP_FILE false)
