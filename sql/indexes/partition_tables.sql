-- Which partitions does this table have, parents before children?
-- since: 15
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: bytes; level 0 is the table itself
select pn.nspname::text as schema_name, pc.relname::text as table_name,
       un.nspname::text as parent_schema, uc.relname::text as parent_table,
       p.isleaf as is_leaf, p.level as level,
       pc.oid::int8 as table_oid,
       pg_catalog.pg_relation_size(pc.oid)::int8 as table_bytes, pc.relkind::text as kind
  from pg_catalog.pg_class t
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
 cross join lateral pg_catalog.pg_partition_tree(t.oid) p
  join pg_catalog.pg_class pc on pc.oid = p.relid
  join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_catalog.pg_class uc on uc.oid = p.parentrelid and p.level > 0
  left join pg_catalog.pg_namespace un on un.oid = uc.relnamespace
 where n.nspname = :schema_name and t.relname = :table_name
 order by p.level, pc.oid
