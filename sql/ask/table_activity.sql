-- How much is this table read and written?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: none
select schemaname || '.' || relname as name, coalesce(seq_scan, 0) as whole_reads, coalesce(idx_scan, 0) as index_reads,
       n_tup_ins as inserted, n_tup_upd as updated, n_tup_del as deleted, n_tup_hot_upd::float8 / nullif(n_tup_upd, 0) as hot_share,
       greatest(last_seq_scan, last_idx_scan) as last_read_at
  from pg_catalog.pg_stat_all_tables where schemaname = :schema_name and relname = :table_name
