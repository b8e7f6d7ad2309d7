-- How many rows has a table?
-- since: 14
-- timeout: 5min
-- params: none
-- units: rows
-- idents: table
select pg_catalog.count(*) as row_count from {table}
