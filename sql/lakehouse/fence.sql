-- Lets the session open the files of the two tables and nothing else, for good.
-- Engine: DuckDB. The parts in braces are filled in by the reader, quoted.
SET allowed_directories = [{directories}];
SET enable_external_access = false;
SET lock_configuration = true
