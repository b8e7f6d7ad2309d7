-- Which tables are read whole most often?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: rows, bytes
select schemaname::text as schema, relname::text as name, seq_scan as whole_reads, seq_tup_read as rows_read_so,
       coalesce(idx_scan, 0) as index_scans,
       seq_tup_read::float8 / nullif(seq_scan, 0) as rows_each_time,
       pg_catalog.pg_table_size(relid) as table_bytes, last_seq_scan as last_at
  from pg_catalog.pg_stat_user_tables
 where seq_scan > 0 and n_live_tup > 1000
 order by seq_tup_read desc limit :limit
