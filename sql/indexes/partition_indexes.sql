-- Which parts make up this partitioned index, deepest first, and how is each built again?
-- since: 15
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: bytes; level 0 is the partitioned index itself
select pn.nspname::text as schema_name, pc.relname::text as index_name,
       un.nspname::text as parent_schema, uc.relname::text as parent_index,
       p.isleaf as is_leaf, p.level as level,
       pg_catalog.pg_get_indexdef(pc.oid) as definition,
       pg_catalog.pg_relation_size(pc.oid)::int8 as index_bytes
  from pg_catalog.pg_class i
  join pg_catalog.pg_namespace n on n.oid = i.relnamespace
 cross join lateral pg_catalog.pg_partition_tree(i.oid) p
  join pg_catalog.pg_class pc on pc.oid = p.relid
  join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_catalog.pg_class uc on uc.oid = p.parentrelid and p.level > 0
  left join pg_catalog.pg_namespace un on un.oid = uc.relnamespace
 where n.nspname = :schema_name and i.relname = :index_name
 order by p.level desc, pc.oid
