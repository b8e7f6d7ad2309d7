-- Is there a table of applied migrations?
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
select pg_catalog.to_regclass('public.flyway_schema_history') is not null as is_there
