-- How often was this index scanned since the statistics began, with all its parts?
-- since: 16
-- timeout: 10s
-- params: schema_name text, index_name text
-- units: scans
-- pg_partition_tree would wait for the lock of every part.
with recursive tree as (
    select i.oid
      from pg_catalog.pg_class i
      join pg_catalog.pg_namespace n on n.oid = i.relnamespace
     where n.nspname = :schema_name and i.relname = :index_name and i.relkind in ('i', 'I')
     union all
    select h.inhrelid
      from tree p join pg_catalog.pg_inherits h on h.inhparent = p.oid
)
select coalesce(sum(pg_catalog.pg_stat_get_numscans(p.oid)), 0)::int8 as scans from tree p
