-- How large is each database?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes
select datname::text as name, pg_catalog.pg_database_size(oid) as size_bytes,
       pg_catalog.pg_database_size(oid)::float8 / nullif(sum(pg_catalog.pg_database_size(oid)) over (), 0) as all_share,
       (sum(pg_catalog.pg_database_size(oid)) over ())::int8 as x_all_bytes
  from pg_catalog.pg_database
 where not datistemplate and pg_catalog.has_database_privilege(oid, 'CONNECT')
 order by size_bytes desc
