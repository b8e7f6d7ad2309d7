-- Which tables read most from outside shared memory?
-- since: 14
-- timeout: 10s
-- params: none
-- units: blocks; bytes
with locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select schemaname::text as schema_name, relname::text as table_name,
       heap_blks_read + coalesce(idx_blks_read, 0) + coalesce(toast_blks_read, 0) as blocks_read,
       heap_blks_hit + coalesce(idx_blks_hit, 0) + coalesce(toast_blks_hit, 0) as blocks_hit,
       -- Measuring waits for the lock: null for a table that is locked exclusively.
       case when relid not in (select relation from locked)
            then pg_catalog.pg_table_size(relid)::int8 end as table_bytes
  from pg_catalog.pg_statio_user_tables
 order by blocks_read desc
 limit 5
