-- Which statements run longest right now, and what do they wait for?
-- since: 14
-- timeout: 10s
-- params: own_pids int4[]
-- units: seconds
-- Texts are cut to 500 characters.
select a.pid, a.usename::text as user_name, a.datname::text as database_name,
       coalesce(a.application_name, '') as application, a.query_id,
       extract(epoch from clock_timestamp() - a.query_start)::float8 as running_seconds,
       a.wait_event_type, a.wait_event, pg_catalog.pg_blocking_pids(a.pid) as blocked_by,
       left(a.query, 500) as query_text
  from pg_catalog.pg_stat_activity a
 where a.state = 'active' and a.backend_type = 'client backend' and a.pid <> pg_catalog.pg_backend_pid()
   and a.pid <> all (:own_pids)
 order by a.query_start
 limit 10
