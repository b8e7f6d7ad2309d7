-- Which sessions have been idle longer than allowed and may be ended?
-- since: 17
-- timeout: 10s
-- params: idle_for interval, spared_applications text[], spared_users text[], own_pids int4[]
-- units: seconds
-- Never superusers, replication, our own, background processes, or those spared by name.
-- (Replication is a kind of session here, not an attribute of the role: owners have that, too.)
select a.pid, a.backend_start, a.datname::text as database_name, a.usename::text as user_name,
       a.application_name, host(a.client_addr) as client_address, a.state_change,
       extract(epoch from clock_timestamp() - a.state_change)::float8 as idle_seconds,
       left(a.query, 500) as last_query
  from pg_stat_activity a
  join pg_roles r on r.oid = a.usesysid
 where a.backend_type = 'client backend'
   and a.state = 'idle'
   and a.state_change < clock_timestamp() - :idle_for
   and not r.rolsuper
   and a.pid <> pg_backend_pid()
   and a.pid <> all (:own_pids)
   and a.application_name <> all (:spared_applications)
   and a.usename <> all (:spared_users)
 order by a.state_change, a.pid
