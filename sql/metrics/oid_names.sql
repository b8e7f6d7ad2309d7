-- What are databases and roles called?
-- since: 14
-- timeout: 10s
-- params: none
-- units: none
select oid::int8 as oid, datname::text as name, true as is_database from pg_catalog.pg_database
union all
select oid::int8, rolname::text, false from pg_catalog.pg_roles
