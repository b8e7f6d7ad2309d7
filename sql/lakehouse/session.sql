-- Days and hours are cut in UTC, whatever the machine's zone.
-- Engine: DuckDB.
SET TimeZone = 'UTC'
