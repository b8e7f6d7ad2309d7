-- How many dead rows has this table, how large and how old is it, how often was it vacuumed?
-- since: 14
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: rows; bytes, table with indexes and TOAST; runs since the statistics began; transactions
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count.
with locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select s.n_live_tup as live_rows, s.n_dead_tup as dead_rows, s.vacuum_count as vacuums,
       case when files.is_locked then files.bytes
            else pg_catalog.pg_total_relation_size(s.relid) end::int8 as total_bytes,
       case when files.is_locked
            then (c.relpages + coalesce(t.relpages, 0))::int8 * current_setting('block_size')::int8
            else pg_catalog.pg_table_size(s.relid) end::int8 as table_bytes,
       greatest(age(c.relfrozenxid), age(t.relfrozenxid))::int8 as xid_age
  from pg_catalog.pg_stat_all_tables s
  join pg_catalog.pg_class c on c.oid = s.relid
  left join pg_catalog.pg_class t on t.oid = c.reltoastrelid
  left join lateral (
       select bool_or(f.oid in (select relation from locked)) as is_locked,
              sum(f.relpages)::int8 * current_setting('block_size')::int8 as bytes
         from pg_catalog.pg_class f
         join (select c.oid as oid union all select c.reltoastrelid
               union all select x.indexrelid from pg_catalog.pg_index x
                          where x.indrelid in (c.oid, c.reltoastrelid)) part on part.oid = f.oid) files on true
 where s.schemaname = :schema_name and s.relname = :table_name
