-- Which views are there?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes
select n.nspname::text as schema, c.relname::text as name, c.relkind = 'm' as materialized,
       pg_catalog.pg_get_userbyid(c.relowner)::text as owner, pg_catalog.pg_total_relation_size(c.oid) as total_bytes
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e')
 order by 1, 2 limit 100
