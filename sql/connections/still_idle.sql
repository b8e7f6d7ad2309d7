-- How many of these sessions are still there, idle since the same moment?
-- since: 14
-- timeout: 10s
-- params: sessions text
-- units: sessions
-- sessions: JSON array of objects with pid, backend_start, state_change.
select count(*)::int8 as sessions
  from jsonb_to_recordset(cast(:sessions as jsonb))
       as w(pid int4, backend_start timestamptz, state_change timestamptz)
  join pg_catalog.pg_stat_activity a
    on a.pid = w.pid and a.backend_start = w.backend_start and a.state_change = w.state_change
