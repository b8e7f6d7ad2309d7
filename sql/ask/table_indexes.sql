-- Which indexes has this table, and are they used?
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
select c.relname::text as name, case when i.indrelid not in (select relation from locked)
            then pg_catalog.pg_get_indexdef(i.indexrelid) end as definition,
       case when i.indexrelid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = i.indexrelid)
            else pg_catalog.pg_relation_size(i.indexrelid) end as index_bytes, coalesce(s.idx_scan, 0) as scans,
       s.last_idx_scan as last_scan_at, i.indisunique as is_unique, i.indisvalid as is_valid,
       (sum(case when i.indexrelid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = i.indexrelid)
            else pg_catalog.pg_relation_size(i.indexrelid) end) over ())::int8 as x_all_bytes
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_class t on t.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
  left join pg_catalog.pg_stat_all_indexes s on s.indexrelid = i.indexrelid
 where n.nspname = :schema_name and t.relname = :table_name
 order by index_bytes desc
