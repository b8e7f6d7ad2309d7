-- What is this index, who needs it, and when was it last used?
-- since: 16
-- timeout: 5s
-- params: schema_name text, index_name text
-- units: bytes
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
select n.nspname || '.' || c.relname as name, n.nspname || '.' || t.relname as on_table,
       case when i.indrelid not in (select relation from locked)
            then pg_catalog.pg_get_indexdef(i.indexrelid) end as definition, case when i.indexrelid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = i.indexrelid)
            else pg_catalog.pg_relation_size(i.indexrelid) end as index_bytes,
       coalesce(s.idx_scan, 0) as scans, s.last_idx_scan as last_scan_at,
       i.indisprimary as is_primary, i.indisunique as is_unique, i.indisvalid as is_valid, i.indisreplident as is_replica_identity,
       (select count(*) from pg_catalog.pg_constraint k where k.conindid = i.indexrelid) as constraints,
       case when i.indisprimary then 'primary' when exists (select from pg_catalog.pg_constraint k
                 where k.conindid = i.indexrelid and k.contype in ('u', 'x', 'p')) then 'constraint'
            when exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype = 'f') then 'foreign_key'
            when i.indisunique then 'unique' when not i.indisvalid then 'invalid'
            when i.indisreplident then 'replica_identity'
            when coalesce(s.idx_scan, 0) > 0 then 'used' else 'unused' end as standing,
       coalesce((select stats_reset from pg_catalog.pg_stat_database where datname = current_database()),
                pg_catalog.pg_postmaster_start_time()) as counted_since_at
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_class t on t.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_stat_all_indexes s on s.indexrelid = i.indexrelid
 where n.nspname = :schema_name and c.relname = :index_name
