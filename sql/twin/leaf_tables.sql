-- Which tables hold the rows of a table: itself, or its partitions without further ones?
-- since: 17
-- timeout: 20s
-- params: schema text, name text
-- units: none
select distinct ln.nspname || '.' || leaf.relname as key
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 cross join lateral (select c.oid union select p.relid::oid from pg_catalog.pg_partition_tree(c.oid) p) w(oid)
  join pg_catalog.pg_class leaf on leaf.oid = w.oid and leaf.relkind in ('r', 'm')
  join pg_catalog.pg_namespace ln on ln.oid = leaf.relnamespace
 where n.nspname = :schema and c.relname = :name
