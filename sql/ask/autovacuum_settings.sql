-- How is autovacuum set, for all tables and for single ones?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select 'server' as scope, name, setting || coalesce(' ' || unit, '') as value, source as set_by
  from pg_catalog.pg_settings where name like 'autovacuum%' or name like 'vacuum_cost%'
union all
select n.nspname || '.' || c.relname, split_part(o, '=', 1), split_part(o, '=', 2), 'table'
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace, unnest(c.reloptions) as o
 where c.relkind = 'r' and o like '%vacuum%' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by 1 desc, 2 limit 60
