-- Which large tables are read from end to end again and again?
-- since: 17
-- timeout: 30s
-- params: min_rows int8, min_seq_scans int8
-- units: rows; bytes; index_share 0-1 (share of scans that used an index)
-- A table without any index has no index scan count; it counts as zero and is listed first of all.
select s.schemaname::text as schema_name, s.relname::text as table_name,
       c.relispartition as is_partition, c.relhasindex as has_index,
       s.seq_scan, s.seq_tup_read, coalesce(s.idx_scan, 0) as idx_scan,
       s.seq_tup_read / s.seq_scan as rows_per_seq_scan,
       coalesce(s.idx_scan, 0)::float8 / (s.seq_scan + coalesce(s.idx_scan, 0)) as index_share,
       s.n_live_tup as live_rows,
       s.n_tup_ins + s.n_tup_upd + s.n_tup_del as writes,
       c.relpages::int8 * current_setting('block_size')::int8 as table_bytes,
       s.last_seq_scan
  from pg_stat_user_tables s
  join pg_class c on c.oid = s.relid
 where s.seq_scan >= greatest(:min_seq_scans, 1)
   and greatest(s.n_live_tup, c.reltuples::int8) >= :min_rows
   and coalesce(s.idx_scan, 0)::float8 / (s.seq_scan + coalesce(s.idx_scan, 0)) < 0.95
   and s.seq_tup_read / s.seq_scan >= :min_rows
 order by s.seq_tup_read desc, 1, 2
