-- Which tables have no primary key?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes
select n.nspname::text as schema, c.relname::text as name, pg_catalog.pg_total_relation_size(c.oid) as total_bytes,
       greatest(c.reltuples, 0)::int8 as estimated_rows
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_catalog.pg_constraint k where k.conrelid = c.oid and k.contype = 'p')
 order by total_bytes desc limit 50
