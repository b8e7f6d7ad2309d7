-- Is a row of a data file still one of the table, no deletion vector having taken it out?
-- Engine: DuckDB. A condition of table_view; the part in braces is filled in by the reader, quoted.
(file_index::BIGINT, file_row_number::BIGINT) NOT IN (SELECT (file, row) FROM {deleted})
