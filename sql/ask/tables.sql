-- Which tables are there?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select n.nspname::text as schema, c.relname::text as name,
       case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view' when 'm' then 'materialized view' else 'foreign table' end as kind,
       pg_catalog.pg_get_userbyid(c.relowner)::text as owner, pg_catalog.obj_description(c.oid, 'pg_class') as comment,
       (count(*) over ()) as x_all, (count(*) filter (where c.relkind in ('r', 'p')) over ()) as x_tables
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by 1, 2 limit 200
