-- How large is this database?
-- since: 15
-- timeout: 15s
-- params: none
-- units: bytes
select pg_catalog.pg_database_size(pg_catalog.current_database()) as bytes
