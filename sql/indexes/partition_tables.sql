-- Which partitions does this table have, parents before children?
-- since: 15
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: bytes; level 0 is the table itself
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count.
-- pg_partition_tree would wait for every part.
with recursive locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), tree as (
    select t.oid as relid, null::oid as parentrelid, 0 as level
      from pg_catalog.pg_class t
      join pg_catalog.pg_namespace n on n.oid = t.relnamespace
     where n.nspname = :schema_name and t.relname = :table_name
       and (t.relkind in ('p', 'I') or t.relispartition)
     union all
    select h.inhrelid, h.inhparent, p.level + 1
      from tree p join pg_catalog.pg_inherits h on h.inhparent = p.relid
)
select pn.nspname::text as schema_name, pc.relname::text as table_name,
       un.nspname::text as parent_schema, uc.relname::text as parent_table,
       pc.relkind not in ('p', 'I') as is_leaf, p.level as level,
       pc.oid::int8 as table_oid,
       case when pc.oid in (select relation from locked)
            then pc.relpages::int8 * current_setting('block_size')::int8
            else pg_catalog.pg_relation_size(pc.oid) end::int8 as table_bytes, pc.relkind::text as kind
  from tree p
  join pg_catalog.pg_class pc on pc.oid = p.relid
  join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_catalog.pg_class uc on uc.oid = p.parentrelid and p.level > 0
  left join pg_catalog.pg_namespace un on un.oid = uc.relnamespace
 order by p.level, pc.oid
