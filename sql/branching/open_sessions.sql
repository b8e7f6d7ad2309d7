-- Whose sessions are open on this server?
-- since: 17
-- timeout: 5s
-- params: own_pids int4[]
-- units: none
select a.pid, a.datname::text as database_name, a.usename::text as user_name,
       a.application_name, a.state, a.backend_start
  from pg_stat_activity a
 where a.backend_type = 'client backend'
   and a.pid <> pg_backend_pid()
   and a.pid <> all (:own_pids)
 order by a.backend_start, a.pid
