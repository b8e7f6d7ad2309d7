-- How many rows has a table, and when was the last one changed?
-- since: 14
-- timeout: 5min
-- params: none
-- units: rows
-- idents: table, moment
select pg_catalog.count(*) as row_count, pg_catalog.max({moment})::timestamptz as latest from {table}
