-- Which tables with a primary key could have a copy in Delta?
-- since: 14
-- timeout: 10s
-- params: none
-- units: estimated rows
select n.nspname::text as schema_name,
       c.relname::text as table_name,
       greatest(c.reltuples, 0)::float8 as rows,
       c.relnatts::int4 as columns
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
   and n.nspname not like 'pg\_%'
   and exists (select from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisprimary)
   and pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_table_privilege(c.oid, 'select')
 order by 1, 2
 limit 10000
