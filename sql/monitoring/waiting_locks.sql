-- Who waits for a lock, for how long, and who holds it?
-- since: 17
-- timeout: 10s
-- params: none
-- units: seconds
select l.pid, a.datname::text as database_name, a.usename::text as user_name,
       a.application_name, l.locktype as lock_type, l.mode as lock_mode,
       n.nspname::text as schema_name, c.relname::text as relation_name,
       extract(epoch from clock_timestamp() - coalesce(l.waitstart, a.state_change))::float8
           as wait_seconds,
       pg_blocking_pids(l.pid) as blocked_by,
       left(a.query, 2000) as query, a.query_start,
       extract(epoch from clock_timestamp() - a.xact_start)::float8 as transaction_seconds
  from pg_locks l
  join pg_stat_activity a on a.pid = l.pid
  -- Relation names can be resolved for this database only.
  left join pg_class c on c.oid = l.relation
        and l.database in (0, (select oid from pg_database where datname = current_database()))
  left join pg_namespace n on n.oid = c.relnamespace
 where not l.granted
 order by wait_seconds desc, l.pid
