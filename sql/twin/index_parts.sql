-- Which indexes with a file of their own belong to each index of a table: itself, or those of the partitions?
-- since: 17
-- timeout: 20s
-- params: schema text, name text
-- units: none
-- pg_partition_tree would wait for the lock of every part.
with recursive tree as (
    select i.indexrelid as top, i.indexrelid as oid
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_index i on i.indrelid = c.oid
     where n.nspname = :schema and c.relname = :name
     union all
    select p.top, h.inhrelid
      from tree p join pg_catalog.pg_inherits h on h.inhparent = p.oid
)
select top.relname::text as index_name, part.oid::int8 as part_oid, part.relname::text as part_name,
       pn.nspname || '.' || part.relname as part_key, tn.nspname || '.' || t.relname as table_key
  from tree p
  join pg_catalog.pg_class top on top.oid = p.top
  join pg_catalog.pg_class part on part.oid = p.oid and part.relkind = 'i'
  join pg_catalog.pg_namespace pn on pn.oid = part.relnamespace
  join pg_catalog.pg_index pi on pi.indexrelid = part.oid
  join pg_catalog.pg_class t on t.oid = pi.indrelid
  join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
