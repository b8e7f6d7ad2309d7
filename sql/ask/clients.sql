-- From where are the sessions connected?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: none
select coalesce(host(client_addr), 'local') as client, coalesce(application_name, '') as application,
       usename::text as role, count(*) as sessions, count(*) filter (where state = 'active') as active,
       min(backend_start) as oldest_at, (sum(count(*)) over ())::int8 as x_all
  from pg_catalog.pg_stat_activity where backend_type = 'client backend'
 group by 1, 2, 3 order by sessions desc limit :limit
