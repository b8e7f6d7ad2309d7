-- How often was this index scanned since the statistics began, with all its parts?
-- since: 16
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: scans
select coalesce(sum(pg_catalog.pg_stat_get_numscans(p.relid)), 0)::int8 as scans
  from pg_catalog.pg_class i
  join pg_catalog.pg_namespace n on n.oid = i.relnamespace
 cross join lateral (select t.relid from pg_catalog.pg_partition_tree(i.oid) t
                     union select i.oid) p
 where n.nspname = :schema_name and i.relname = :index_name and i.relkind in ('i', 'I')
