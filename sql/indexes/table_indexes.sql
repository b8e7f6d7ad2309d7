-- Which indexes does this table have, how large are they, how often are they scanned?
-- since: 16
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: bytes; scans since the statistics began
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count,
-- and its indexes have no definition here.
with locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select i.relname::text as index_name,
       case when t.oid not in (select relation from locked)
            then pg_catalog.pg_get_indexdef(i.oid) end as definition,
       case when i.oid in (select relation from locked)
            then i.relpages::int8 * current_setting('block_size')::int8
            else pg_catalog.pg_relation_size(i.oid) end::int8 as index_bytes, s.idx_scan as scans, s.last_idx_scan,
       x.indisvalid as is_valid
  from pg_catalog.pg_index x
  join pg_catalog.pg_class i on i.oid = x.indexrelid
  join pg_catalog.pg_class t on t.oid = x.indrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
  left join pg_catalog.pg_stat_all_indexes s on s.indexrelid = i.oid
 where n.nspname = :schema_name and t.relname = :table_name
 order by i.relname
