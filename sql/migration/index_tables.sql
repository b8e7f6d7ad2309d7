-- To which tables do the indexes a migration names belong?
-- since: 15
-- timeout: 15s
-- params: names text[]
-- units: none
select i.relname as index_name, n.nspname as schema_name, c.relname as table_name,
       x.indisvalid as is_valid,
       not exists (select from pg_catalog.pg_attribute a
                    where a.attrelid = x.indrelid and a.attnum = any (x.indkey::int2[])
                      and not a.attnotnull) as never_null
  from pg_catalog.pg_index x
  join pg_catalog.pg_class i on i.oid = x.indexrelid
  join pg_catalog.pg_class c on c.oid = x.indrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where i.relname = any (:names)
   and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
