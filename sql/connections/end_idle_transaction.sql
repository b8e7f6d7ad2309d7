-- Ends one session that left a transaction open, if it is the very same and nothing happened in it since we looked.
-- since: 14
-- timeout: 10s
-- params: pid int4, backend_start timestamptz, state_change timestamptz
-- units: none
-- Never a superuser's or a replication client's; our own are not looked for by name: pid and start say which session is meant.
select a.pid, a.usename::text as user_name, pg_catalog.pg_terminate_backend(a.pid) as ended
  from pg_catalog.pg_stat_activity a
  join pg_catalog.pg_roles r on r.oid = a.usesysid and not r.rolsuper and not r.rolreplication
 where a.pid = :pid and a.backend_start = :backend_start and a.state_change = :state_change
   and a.state in ('idle in transaction', 'idle in transaction (aborted)') and a.backend_type = 'client backend'
   and a.pid <> pg_catalog.pg_backend_pid()
   and not exists (select from pg_catalog.pg_locks k where k.pid = a.pid and k.locktype = 'advisory' and k.granted)
