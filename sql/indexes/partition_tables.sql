-- Which partitions does this table have, parents before children?
-- since: 15
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: bytes; level 0 is the table itself
-- From the catalog alone, and sizes by it where a lock is held or awaited: the server's own function
-- waits for every partition.
with recursive locked as materialized (
    -- Printing an expression and measuring a file wait for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), top as (
    select c.oid from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = :schema_name and c.relname = :table_name
), tree as (
    select top.oid as relid, null::oid as parent, 0 as level from top
     union all
    select h.inhrelid, h.inhparent, tree.level + 1
      from tree join pg_catalog.pg_inherits h on h.inhparent = tree.relid
)
select pn.nspname::text as schema_name, pc.relname::text as table_name,
       un.nspname::text as parent_schema, uc.relname::text as parent_table,
       pc.relkind <> 'p' as is_leaf, p.level as level,
       pc.oid::int8 as table_oid,
       case when pc.oid in (select relation from locked)
            then pc.relpages::int8 * current_setting('block_size')::int8
            else pg_catalog.pg_relation_size(pc.oid) end::int8 as table_bytes,
       pc.relkind::text as kind
  from tree p
  join pg_catalog.pg_class pc on pc.oid = p.relid
  join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_catalog.pg_class uc on uc.oid = p.parent
  left join pg_catalog.pg_namespace un on un.oid = uc.relnamespace
 order by p.level, pc.oid
