-- Which tables of this database have lost their autovacuum, or have statistics that are out of date?
-- since: 14
-- timeout: 10s
-- params: none
-- units: rows; seconds
-- Small tables are left out: nothing about them makes a server slow.
select s.schemaname::text as schema_name, s.relname::text as table_name,
       greatest(c.reltuples, s.n_live_tup)::float8 as table_rows,
       s.n_dead_tup::int8 as dead_rows, s.n_mod_since_analyze::int8 as changed_rows,
       s.seq_tup_read::int8 as rows_scanned, s.seq_scan::int8 as scans,
       coalesce('autovacuum_enabled=false' = any (c.reloptions)
                or 'autovacuum_enabled=off' = any (c.reloptions), false) as autovacuum_off,
       -- Building an index reads the table, too.
       exists (select from pg_catalog.pg_stat_progress_create_index p where p.relid = s.relid)
       or exists (select from pg_catalog.pg_stat_progress_cluster p where p.relid = s.relid) as maintained,
       extract(epoch from clock_timestamp() - greatest(s.last_analyze, s.last_autoanalyze))::float8 as analyzed_seconds
  from pg_catalog.pg_stat_user_tables s
  join pg_catalog.pg_class c on c.oid = s.relid
 where greatest(c.reltuples, s.n_live_tup + s.n_dead_tup) >= 10000
 order by s.seq_tup_read desc
 limit 1000
