-- Which statements run now, the longest first?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: seconds
select pid, usename::text as role, coalesce(application_name, '') as application,
       extract(epoch from clock_timestamp() - query_start)::float8 as running_seconds,
       coalesce(wait_event_type || ': ' || wait_event, 'CPU') as waits_for, left(query, 300) as statement,
       pg_catalog.cardinality(pg_catalog.pg_blocking_pids(pid)) as blocked_by
  from pg_catalog.pg_stat_activity
 where state = 'active' and pid <> pg_catalog.pg_backend_pid() and backend_type = 'client backend'
   and coalesce(application_name, '') not like 'lakebaseops%'
 order by query_start limit :limit
