-- Which triggers are there?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: none
select g.tgrelid::regclass::text as on_table, g.tgname::text as name, g.tgenabled <> 'D' as enabled,
       pg_catalog.pg_get_triggerdef(g.oid) as definition
  from pg_catalog.pg_trigger g join pg_catalog.pg_class c on c.oid = g.tgrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where not g.tgisinternal and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and (:table_name = '' or (n.nspname = :schema_name and c.relname = :table_name))
 order by 1, 2 limit 60
