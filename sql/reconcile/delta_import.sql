-- Makes a Parquet file of a CSV file.
-- Engine: DuckDB. The parts in braces are filled in, quoted.
COPY (SELECT {names} FROM read_csv({csv}, header = false, delim = ',', quote = '"', escape = '"',
                                   nullstr = '\N', columns = {columns}))
TO {parquet} (FORMAT parquet, ROW_GROUP_SIZE 122880)
