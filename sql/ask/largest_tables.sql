-- Which tables are the largest, with their indexes?
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
select n.nspname::text as schema, c.relname::text as name,
       case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_total_relation_size(c.oid) end as total_bytes,
       case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_table_size(c.oid) end as table_bytes, case when c.oid in (select relation from locked)
            then (select sum(k.relpages)::int8 * current_setting('block_size')::int8
               from pg_catalog.pg_index j join pg_catalog.pg_class k on k.oid = j.indexrelid where j.indrelid = c.oid)
            else pg_catalog.pg_indexes_size(c.oid) end as index_bytes,
       case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_total_relation_size(c.oid) end::float8
           / nullif(pg_catalog.pg_database_size(current_database()), 0) as database_share,
       greatest(c.reltuples, 0)::int8 as estimated_rows,
       n.nspname || '.' || c.relname as x_object
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by total_bytes desc limit :limit
