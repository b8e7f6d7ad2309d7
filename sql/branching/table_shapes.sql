-- Which tables are there, and what do their columns look like?
-- since: 17
-- timeout: 15s
-- params: none
-- units: none
select n.nspname::text as schema_name, c.relname::text as table_name,
       md5(coalesce(string_agg(
           a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull,
           ',' order by a.attnum), '')) as shape
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relkind in ('r', 'p')
   and n.nspname <> 'information_schema'
   and n.nspname not like 'pg\_%'
 group by n.nspname, c.relname
 order by 1, 2
