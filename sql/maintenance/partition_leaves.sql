-- Which tables hold the rows of this table?
-- since: 14
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: rows
-- pg_partition_tree would wait for the lock of every part.
with recursive tree as (
    select t.oid as relid
      from pg_catalog.pg_class t
      join pg_catalog.pg_namespace n on n.oid = t.relnamespace
     where n.nspname = :schema_name and t.relname = :table_name and t.relkind in ('r', 'm', 'p')
     union all
    select h.inhrelid
      from tree p
      join pg_catalog.pg_class parent on parent.oid = p.relid and parent.relkind = 'p'
      join pg_catalog.pg_inherits h on h.inhparent = p.relid
)
select pn.nspname::text as schema_name, pc.relname::text as table_name,
       coalesce(s.n_dead_tup, 0) as dead_rows
  from tree p
  join pg_catalog.pg_class pc on pc.oid = p.relid and pc.relkind in ('r', 'm')
  join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_catalog.pg_stat_all_tables s on s.relid = pc.oid
 order by dead_rows desc
