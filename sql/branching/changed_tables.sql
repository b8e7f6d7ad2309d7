-- Which tables did somebody write to since the statistics of this database began?
-- since: 17
-- timeout: 15s
-- params: none
-- units: rows, bytes
-- A new branch starts with empty statistics; a compute that was suspended starts anew as well.
-- Measuring a table waits for its lock: of one locked exclusively, or about to be, the catalog's pages count.
with locked as materialized (
    select relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select s.schemaname::text as schema_name, s.relname::text as table_name,
       s.n_tup_ins as inserted, s.n_tup_upd as updated, s.n_tup_del as deleted,
       case when files.is_locked then files.bytes
            else pg_catalog.pg_total_relation_size(s.relid) end as total_bytes
  from pg_stat_user_tables s
  join pg_catalog.pg_class c on c.oid = s.relid
  left join lateral (
       select bool_or(f.oid in (select relation from locked)) as is_locked,
              sum(f.relpages)::int8 * current_setting('block_size')::int8 as bytes
         from pg_catalog.pg_class f
         join (select c.oid as oid union all select c.reltoastrelid
               union all select x.indexrelid from pg_catalog.pg_index x
                          where x.indrelid in (c.oid, c.reltoastrelid)) part on part.oid = f.oid) files on true
 where s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0
 order by s.n_tup_ins + s.n_tup_upd + s.n_tup_del desc, 1, 2
