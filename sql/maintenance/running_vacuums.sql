-- Which vacuums run on this server, in which phase, how far are they, and for whom do they wait?
-- since: 17
-- timeout: 5s
-- params: none
-- units: blocks; row versions
-- Names are known for tables of this database only; a TOAST table is named by the table it belongs to.
select p.pid, p.datname::text as database_name, n.nspname::text as schema_name,
       coalesce(o.relname, c.relname)::text as table_name, p.relid::int8 as table_oid, o.oid is not null as toast,
       p.phase, p.heap_blks_total, p.heap_blks_scanned, p.heap_blks_vacuumed, p.indexes_total, p.indexes_processed,
       coalesce(a.backend_type = 'autovacuum worker', false) as automatic,
       coalesce(a.query like 'autovacuum:%(to prevent wraparound)', false) as against_wraparound,
       coalesce(a.query_start, a.xact_start) as started,
       pg_catalog.pg_blocking_pids(p.pid) as blocked_by, clock_timestamp() as at
  from pg_catalog.pg_stat_progress_vacuum p
  left join pg_catalog.pg_stat_activity a on a.pid = p.pid
  left join pg_catalog.pg_class c on c.oid = p.relid and p.datname = current_database()
  left join pg_catalog.pg_class o on c.relkind = 't' and o.reltoastrelid = c.oid
  left join pg_catalog.pg_namespace n on n.oid = coalesce(o.relnamespace, c.relnamespace)
 order by started nulls last, p.pid
