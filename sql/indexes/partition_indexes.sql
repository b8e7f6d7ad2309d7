-- Which parts make up this partitioned index, deepest first, and how is each built again?
-- since: 15
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: bytes; level 0 is the partitioned index itself
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count.
-- pg_partition_tree would wait for every part.
with recursive locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), tree as (
    select i.oid as relid, null::oid as parentrelid, 0 as level
      from pg_catalog.pg_class i
      join pg_catalog.pg_namespace n on n.oid = i.relnamespace
     where n.nspname = :schema_name and i.relname = :index_name
       and (i.relkind in ('p', 'I') or i.relispartition)
     union all
    select h.inhrelid, h.inhparent, p.level + 1
      from tree p join pg_catalog.pg_inherits h on h.inhparent = p.relid
)
select pn.nspname::text as schema_name, pc.relname::text as index_name,
       un.nspname::text as parent_schema, uc.relname::text as parent_index,
       pc.relkind not in ('p', 'I') as is_leaf, p.level as level,
       pg_catalog.pg_get_indexdef(pc.oid) as definition,
       case when pc.oid in (select relation from locked)
            then pc.relpages::int8 * current_setting('block_size')::int8
            else pg_catalog.pg_relation_size(pc.oid) end::int8 as index_bytes
  from tree p
  join pg_catalog.pg_class pc on pc.oid = p.relid
  join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_catalog.pg_class uc on uc.oid = p.parentrelid and p.level > 0
  left join pg_catalog.pg_namespace un on un.oid = uc.relnamespace
 order by p.level desc, pc.oid
