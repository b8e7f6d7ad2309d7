-- Which sessions are not encrypted?
-- since: 16
-- timeout: 5s
-- params: none
-- units: none
select count(*) as sessions, count(*) filter (where s.ssl) as encrypted, count(*) filter (where not s.ssl) as plain,
       string_agg(distinct s.version, ', ') as versions,
       string_agg(distinct a.usename::text, ', ') filter (where not s.ssl) as roles_without
  from pg_catalog.pg_stat_ssl s join pg_catalog.pg_stat_activity a on a.pid = s.pid
 where a.backend_type = 'client backend'
