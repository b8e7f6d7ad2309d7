-- Which tables does TRUNCATE … CASCADE of the named ones empty too?
-- since: 15
-- timeout: 15s
-- params: names text[]
-- units: none
with recursive emptied as (
  select c.oid, c.oid as root
    from pg_catalog.pg_class c
   where c.relname = any (:names) and c.relkind in ('r', 'p')
  union
  select k.conrelid, e.root
    from emptied e
    join pg_catalog.pg_constraint k on k.confrelid = e.oid and k.contype = 'f')
select rn.nspname as schema_name, r.relname as table_name, n.nspname || '.' || c.relname as referring
  from emptied e
  join pg_catalog.pg_class r on r.oid = e.root
  join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
  join pg_catalog.pg_class c on c.oid = e.oid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where e.oid <> e.root
 order by 1, 2, 3
