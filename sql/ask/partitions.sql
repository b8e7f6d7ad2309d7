-- How is this table partitioned?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: bytes
select p.inhparent::regclass::text as parent, c.relname::text as name, pg_catalog.pg_get_expr(c.relpartbound, c.oid) as bounds,
       pg_catalog.pg_total_relation_size(c.oid) as total_bytes, greatest(c.reltuples, 0)::int8 as estimated_rows,
       pg_catalog.pg_get_partkeydef(p.inhparent) as partition_key, (count(*) over ()) as x_partitions
  from pg_catalog.pg_inherits p join pg_catalog.pg_class c on c.oid = p.inhrelid and c.relispartition
  join pg_catalog.pg_class t on t.oid = p.inhparent join pg_catalog.pg_namespace n on n.oid = t.relnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and t.relkind = 'p' and c.relkind in ('r', 'p', 'f')
   and (:table_name = '' or (n.nspname = :schema_name and t.relname = :table_name))
 order by 1, 2 limit 100
