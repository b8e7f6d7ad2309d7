-- Which rows does a portion of an archival hold?
-- Engine: DuckDB. The scope opens the portion's own file.
SELECT * FROM {archive} ORDER BY "_key"
