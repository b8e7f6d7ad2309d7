-- How large is this table, with all its parts?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: bytes
-- Measuring a table waits for its lock: of one locked exclusively,
-- or with such an index, the catalog's pages count.
with recursive held as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
), locked as materialized (
    select relation from held
    union
    select x.indrelid from held join pg_catalog.pg_index x on x.indexrelid = held.relation
), tree as (
    select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = :schema_name and c.relname = :table_name
    union all
    select h.inhrelid from tree p join pg_catalog.pg_inherits h on h.inhparent = p.oid
), part as (
    select c.oid, c.reltoastrelid, c.reltuples, case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_total_relation_size(c.oid) end as total,
           case when c.oid in (select relation from locked)
            then (select sum(k.relpages)::int8 * current_setting('block_size')::int8
               from pg_catalog.pg_index j join pg_catalog.pg_class k on k.oid = j.indexrelid where j.indrelid = c.oid)
            else pg_catalog.pg_indexes_size(c.oid) end as indexes, case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_relation_size(c.oid) end as heap
      from tree t join pg_catalog.pg_class c on c.oid = t.oid
)
select sum(total)::int8 as total_bytes, sum(heap)::int8 as rows_bytes, sum(indexes)::int8 as index_bytes,
       greatest(0, sum(total) - sum(heap) - sum(indexes))::int8 as toast_bytes,
       sum(greatest(reltuples, 0))::int8 as estimated_rows,
       sum(total)::float8 / nullif(pg_catalog.pg_database_size(current_database()), 0) as database_share,
       count(*) - 1 as partitions
  from part having count(*) > 0
