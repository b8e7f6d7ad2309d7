-- What is each active session doing or waiting for at this moment, by who it is?
-- since: 14
-- timeout: 2s
-- params: own_pids int4[]
-- units: sessions
-- CPU stands for a session that waits for nothing. Background processes that wait for work to come are
-- not active. What this login may not see is counted apart; our own row tells the statement's queryid.
select coalesce(a.wait_event_type, 'CPU') as wait_event_type, a.wait_event, a.backend_type,
       a.datname::text as datname, a.usename::text as rolname,
       nullif(a.application_name, '') as application_name, a.query_id as queryid,
       a.query = '<insufficient privilege>' as is_hidden, a.pid = pg_catalog.pg_backend_pid() as is_ours,
       count(*) as sessions
  from pg_catalog.pg_stat_activity a
 where a.pid = pg_catalog.pg_backend_pid()
    or a.pid <> all (:own_pids)
       and (a.query = '<insufficient privilege>'
            or a.state = 'active' and a.wait_event_type is distinct from 'Activity')
 group by 1, 2, 3, 4, 5, 6, 7, 8, 9
