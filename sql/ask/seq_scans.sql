-- Which tables are read whole most often?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: rows, bytes
-- Measuring a table waits for its lock: of one locked exclusively,
-- or with such an index, the catalog's pages count.
with held as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), locked as materialized (
    select relation from held
    union
    select x.indrelid from held join pg_catalog.pg_index x on x.indexrelid = held.relation
)
select schemaname::text as schema, relname::text as name, seq_scan as whole_reads, seq_tup_read as rows_read_so,
       coalesce(idx_scan, 0) as index_scans,
       seq_tup_read::float8 / nullif(seq_scan, 0) as rows_each_time,
       case when relid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = relid)
            else pg_catalog.pg_table_size(relid) end as table_bytes, last_seq_scan as last_at
  from pg_catalog.pg_stat_user_tables
 where seq_scan > 0 and n_live_tup > 1000
 order by seq_tup_read desc limit :limit
