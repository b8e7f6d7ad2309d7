-- Which tables get the most new rows?
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
select schemaname::text as schema, relname::text as name, n_tup_ins - n_tup_del as net_new_rows,
       n_tup_ins as inserted, n_tup_upd as updated, n_tup_del as deleted,
       case when relid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = relid)
            else pg_catalog.pg_total_relation_size(relid) end as total_bytes,
       (select stats_reset from pg_catalog.pg_stat_database where datname = current_database()) as x_since_at
  from pg_catalog.pg_stat_user_tables
 where n_tup_ins > n_tup_del
 order by net_new_rows desc limit :limit
