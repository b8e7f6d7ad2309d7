-- Which vacuums run now and how far are they?
-- since: 16
-- timeout: 5s
-- params: none
-- units: seconds
select p.pid, p.relid::regclass::text as name, p.phase, p.heap_blks_scanned::float8 / nullif(p.heap_blks_total, 0) as done_share,
       extract(epoch from clock_timestamp() - a.xact_start)::float8 as running_seconds, a.backend_type
  from pg_catalog.pg_stat_progress_vacuum p left join pg_catalog.pg_stat_activity a on a.pid = p.pid
