-- Which tables did somebody write to since the statistics of this database began?
-- since: 17
-- timeout: 15s
-- params: none
-- units: rows; bytes, table with indexes and TOAST; by the catalog where a lock is held or awaited
-- A new branch starts with empty statistics; a compute that was suspended starts anew as well.
with locked as materialized (
    -- Printing an expression and measuring a file wait for whoever holds or awaits this lock.
    select distinct relation from pg_catalog.pg_locks
     where mode = 'AccessExclusiveLock' and relation is not null
       and database = (select oid from pg_catalog.pg_database where datname = current_database())
)
select s.schemaname::text as schema_name, s.relname::text as table_name,
       s.n_tup_ins as inserted, s.n_tup_upd as updated, s.n_tup_del as deleted,
       size.bytes as total_bytes
  from pg_catalog.pg_stat_user_tables s
  join pg_catalog.pg_class c on c.oid = s.relid
 cross join lateral (
       select sum(case when p.oid in (select relation from locked)
                       then p.relpages::int8 * current_setting('block_size')::int8
                       else pg_catalog.pg_relation_size(p.oid) end)::int8 as bytes
         from pg_catalog.pg_class p
        where p.oid in (c.oid, c.reltoastrelid)
           or p.oid in (select x.indexrelid from pg_catalog.pg_index x
                         where x.indrelid in (c.oid, c.reltoastrelid))) size
 where s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0
 order by s.n_tup_ins + s.n_tup_upd + s.n_tup_del desc, 1, 2
