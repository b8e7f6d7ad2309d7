-- Who are we on this server, since when does it run, and how many of its connection slots are taken?
-- since: 14
-- timeout: 10s
-- params: none
-- units: sessions
-- The process id is asked for: a pooler in between tells another one than the server has.
select pg_catalog.pg_backend_pid() as pid,
       pg_catalog.pg_postmaster_start_time() as postmaster_start,
       pg_catalog.current_setting('max_connections')::int4 as max_connections,
       pg_catalog.current_setting('superuser_reserved_connections')::int4
           + coalesce(pg_catalog.current_setting('reserved_connections', true)::int4, 0) as reserved,
       (select count(*)::int4
          from pg_catalog.pg_stat_activity
         where usesysid is not null and coalesce(backend_type, 'client backend') = 'client backend') as used
