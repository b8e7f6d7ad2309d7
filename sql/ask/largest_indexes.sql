-- Which indexes are the largest?
-- since: 16
-- timeout: 5s
-- params: limit int8
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
select n.nspname::text as schema, c.relname::text as name, t.relname::text as on_table,
       case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_relation_size(c.oid) end as index_bytes, coalesce(s.idx_scan, 0) as scans,
       s.last_idx_scan as last_scan_at, n.nspname || '.' || c.relname as x_object
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_index i on i.indexrelid = c.oid
  join pg_catalog.pg_class t on t.oid = i.indrelid
  left join pg_catalog.pg_stat_all_indexes s on s.indexrelid = c.oid
 where c.relkind = 'i' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by index_bytes desc limit :limit
