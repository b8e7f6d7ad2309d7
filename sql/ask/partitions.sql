-- How is this table partitioned?
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
select p.inhparent::regclass::text as parent, c.relname::text as name, case when c.oid not in (select relation from locked)
            then pg_catalog.pg_get_expr(c.relpartbound, c.oid) end as bounds,
       case when c.oid in (select relation from locked)
            then (select k.relpages::int8 * current_setting('block_size')::int8 from pg_catalog.pg_class k where k.oid = c.oid)
            else pg_catalog.pg_total_relation_size(c.oid) end as total_bytes, greatest(c.reltuples, 0)::int8 as estimated_rows,
       case when p.inhparent not in (select relation from locked)
            then pg_catalog.pg_get_partkeydef(p.inhparent) end as partition_key, (count(*) over ()) as x_partitions
  from pg_catalog.pg_inherits p join pg_catalog.pg_class c on c.oid = p.inhrelid and c.relispartition
  join pg_catalog.pg_class t on t.oid = p.inhparent join pg_catalog.pg_namespace n on n.oid = t.relnamespace
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and t.relkind = 'p' and c.relkind in ('r', 'p', 'f')
   and (:table_name = '' or (n.nspname = :schema_name and t.relname = :table_name))
 order by 1, 2 limit 100
