-- Who is connected, doing what since when, holding back whom?
-- since: 17
-- timeout: 10s
-- params: own_pids int4[]
-- units: seconds; xmin_age transactions
select a.pid, a.datname::text as database_name, a.usename::text as user_name, a.application_name,
       host(a.client_addr) as client_address, a.backend_type, a.state,
       a.wait_event_type, a.wait_event, a.backend_start, a.xact_start, a.query_start, a.state_change,
       extract(epoch from clock_timestamp() - a.xact_start)::float8 as transaction_seconds,
       extract(epoch from clock_timestamp() - a.state_change)::float8 as state_seconds,
       greatest(age(a.backend_xmin), age(a.backend_xid)) as xmin_age,
       -- Asking costs a lock on the lock table: only for sessions that wait for one.
       case when a.wait_event_type = 'Lock' then pg_blocking_pids(a.pid) else '{}' end as blocked_by,
       coalesce(r.rolsuper, false) as is_superuser,
       a.pid = any (:own_pids) as is_ours,
       a.query_id, left(a.query, 2000) as query
  from pg_stat_activity a
  left join pg_roles r on r.oid = a.usesysid
 where a.backend_type in ('client backend', 'walsender')
 order by a.xact_start nulls last, a.pid
