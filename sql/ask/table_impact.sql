-- What would a change of this table cost: its size, its traffic and what hangs on it?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
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
select n.nspname || '.' || c.relname as name, case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_total_relation_size(c.oid) end as total_bytes,
       case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_table_size(c.oid) end as table_bytes, greatest(c.reltuples, 0)::int8 as estimated_rows,
       coalesce(s.seq_scan, 0) + coalesce(s.idx_scan, 0) as reads, coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0) as writes,
       (select count(*) from pg_catalog.pg_constraint k where k.confrelid = c.oid and k.contype = 'f') as referenced_by,
       (select count(*) from pg_catalog.pg_index i where i.indrelid = c.oid) as indexes,
       (select count(*) from pg_catalog.pg_locks l where l.relation = c.oid and l.pid <> pg_catalog.pg_backend_pid()) as locks_now
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_stat_all_tables s on s.relid = c.oid
 where n.nspname = :schema_name and c.relname = :table_name
