-- Whom does the statement that carries this comment wait for, and since when?
-- since: 17
-- timeout: 5s
-- params: marker text
-- units: seconds
-- pg_locks is read, not the wait events: those of other roles are hidden without pg_monitor.
select b.pid, s.usename::text as user_name, coalesce(s.application_name, '') as application,
       coalesce(s.state, '') as state, left(coalesce(s.query, ''), 2000) as query,
       extract(epoch from clock_timestamp() - l.since)::float8 as waited,
       extract(epoch from l.since)::float8 as since
  from pg_catalog.pg_stat_activity a
  join (select w.pid, min(w.waitstart) as since from pg_catalog.pg_locks w where not w.granted group by w.pid) l
    on l.pid = a.pid
 cross join lateral unnest(pg_catalog.pg_blocking_pids(a.pid)) as b(pid)
  left join pg_catalog.pg_stat_activity s on s.pid = b.pid
 where starts_with(a.query, :marker) and a.pid <> pg_catalog.pg_backend_pid()
 order by b.pid
 limit 20
