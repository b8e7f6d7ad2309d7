-- How large is each schema?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes
select n.nspname::text as name, sum(pg_catalog.pg_total_relation_size(c.oid))::int8 as size_bytes, count(*) as tables
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 group by n.nspname order by size_bytes desc
