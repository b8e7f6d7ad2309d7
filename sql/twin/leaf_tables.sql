-- Which tables hold the rows of a table: itself, or its partitions without further ones?
-- since: 17
-- timeout: 20s
-- params: schema text, name text
-- units: none
-- pg_partition_tree would wait for the lock of every part.
with recursive tree as (
    select c.oid
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = :schema and c.relname = :name
     union all
    select part.oid
      from tree p
      join pg_catalog.pg_inherits h on h.inhparent = p.oid
      join pg_catalog.pg_class part on part.oid = h.inhrelid and part.relispartition
)
select ln.nspname || '.' || leaf.relname as key
  from tree p
  join pg_catalog.pg_class leaf on leaf.oid = p.oid and leaf.relkind in ('r', 'm')
  join pg_catalog.pg_namespace ln on ln.oid = leaf.relnamespace
