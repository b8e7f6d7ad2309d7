-- Which tables hold the rows of this table?
-- since: 14
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: rows
select pn.nspname::text as schema_name, pc.relname::text as table_name,
       coalesce(s.n_dead_tup, 0) as dead_rows
  from pg_catalog.pg_class t
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
 cross join lateral (select relid from pg_catalog.pg_partition_tree(t.oid) where isleaf
                     union select t.oid where t.relkind in ('r', 'm')) p
  join pg_catalog.pg_class pc on pc.oid = p.relid and pc.relkind in ('r', 'm')
  join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
  left join pg_catalog.pg_stat_all_tables s on s.relid = pc.oid
 where n.nspname = :schema_name and t.relname = :table_name and t.relkind in ('r', 'm', 'p')
 order by dead_rows desc
