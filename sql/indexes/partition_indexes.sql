-- Which parts make up this partitioned index, deepest first, and how is each built again?
-- since: 15
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: bytes from the catalog's page count; level 0 is the partitioned index itself
with recursive top as (
    select c.oid from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = :schema_name and c.relname = :index_name
), tree as (
    select top.oid as relid, null::oid as parent, 0 as level from top
     union all
    select h.inhrelid, h.inhparent, tree.level + 1
      from tree join pg_catalog.pg_inherits h on h.inhparent = tree.relid
)
select pn.nspname::text as schema_name, pc.relname::text as index_name,
       un.nspname::text as parent_schema, uc.relname::text as parent_index,
       pc.relkind <> 'I' as is_leaf, p.level as level,
       pg_catalog.pg_get_indexdef(pc.oid) as definition,
       pc.relpages::int8 * current_setting('block_size')::int8 as index_bytes
  from tree p
  join pg_catalog.pg_class pc on pc.oid = p.relid
  join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_catalog.pg_class uc on uc.oid = p.parent
  left join pg_catalog.pg_namespace un on un.oid = uc.relnamespace
 order by p.level desc, pc.oid
