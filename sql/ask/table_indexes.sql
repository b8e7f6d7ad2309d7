-- Which indexes has this table, and are they used?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: bytes
select c.relname::text as name, pg_catalog.pg_get_indexdef(i.indexrelid) as definition,
       pg_catalog.pg_relation_size(i.indexrelid) as index_bytes, coalesce(s.idx_scan, 0) as scans,
       s.last_idx_scan as last_scan_at, i.indisunique as is_unique, i.indisvalid as is_valid,
       (sum(pg_catalog.pg_relation_size(i.indexrelid)) over ())::int8 as x_all_bytes
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_class t on t.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
  left join pg_catalog.pg_stat_all_indexes s on s.indexrelid = i.indexrelid
 where n.nspname = :schema_name and t.relname = :table_name
 order by index_bytes desc
