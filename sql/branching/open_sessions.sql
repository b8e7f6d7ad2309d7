-- Whose sessions are open on this server?
-- since: 17
-- timeout: 5s
-- params: none
-- units: none
select a.pid, a.datname::text as database_name, a.usename::text as user_name,
       a.application_name, a.state, a.backend_start
  from pg_stat_activity a
 where a.backend_type = 'client backend'
   and a.pid <> pg_backend_pid()
   and coalesce(a.application_name, '') not like 'lakebaseops%'
 order by a.backend_start, a.pid
