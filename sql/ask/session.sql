-- What does this session do?
-- since: 16
-- timeout: 5s
-- params: pid int4
-- units: seconds
select a.pid, a.usename::text as role, a.datname::text as database, coalesce(a.application_name, '') as application,
       coalesce(host(a.client_addr), 'local') as client, a.state,
       extract(epoch from clock_timestamp() - a.backend_start)::float8 as connected_seconds,
       extract(epoch from clock_timestamp() - a.state_change)::float8 as in_state_seconds,
       extract(epoch from clock_timestamp() - a.xact_start)::float8 as transaction_seconds,
       coalesce(a.wait_event_type || ': ' || a.wait_event, 'nothing') as waits_for,
       pg_catalog.array_to_string(pg_catalog.pg_blocking_pids(a.pid), ', ') as blocked_by_pids,
       (select count(*) from pg_catalog.pg_locks l where l.pid = a.pid and l.granted) as locks,
       left(a.query, 400) as statement
  from pg_catalog.pg_stat_activity a where a.pid = :pid
