-- Who has waited too long for the statement that carries this comment?
-- since: 17
-- timeout: 5s
-- params: marker text, patience float8
-- units: seconds
-- pg_locks is read, not the wait events: those of other roles are hidden without pg_monitor.
select w.pid, s.usename::text as user_name, coalesce(s.application_name, '') as application,
       extract(epoch from clock_timestamp() - w.since)::float8 as waited
  from (select l.pid, min(l.waitstart) as since from pg_catalog.pg_locks l where not l.granted group by l.pid) w
  left join pg_catalog.pg_stat_activity s on s.pid = w.pid
 where clock_timestamp() - w.since >= make_interval(secs => :patience)
   and exists (select from pg_catalog.pg_stat_activity a
                where starts_with(a.query, :marker) and a.pid = any (pg_catalog.pg_blocking_pids(w.pid)))
 order by w.since
 limit 1
