-- Who waits for whom?
-- since: 14
-- timeout: 10s
-- params: none
-- units: seconds
select a.pid, pg_catalog.pg_blocking_pids(a.pid) as blocked_by,
       a.usename::text as user_name, a.datname::text as database_name,
       coalesce(a.application_name, '') as application, a.state,
       l.locktype as lock_type, l.mode as lock_mode,
       case when l.database = (select oid from pg_catalog.pg_database where datname = current_database())
            then l.relation::regclass::text else l.relation::text end as relation,
       extract(epoch from clock_timestamp() - l.waitstart)::float8 as waiting_seconds,
       extract(epoch from clock_timestamp() - a.xact_start)::float8 as transaction_seconds,
       left(a.query, 200) as query_text
  from pg_catalog.pg_stat_activity a
  left join pg_catalog.pg_locks l on l.pid = a.pid and not l.granted
 where a.pid in (select pid from pg_catalog.pg_locks where not granted
                 union
                 select unnest(pg_catalog.pg_blocking_pids(pid)) from pg_catalog.pg_locks where not granted)
 order by a.pid
