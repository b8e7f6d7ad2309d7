-- Whose connections were opened lately, and how many are kept for superusers?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: sessions
select coalesce(nullif(application_name, ''), 'no application name') as application, usename::text as role,
       coalesce(pg_catalog.host(client_addr), 'local') as client,
       count(*) filter (where backend_start > clock_timestamp() - interval '1 minute') as new_sessions,
       count(*) as sessions, count(*) filter (where state = 'active') as active,
       (sum(count(*) filter (where backend_start > clock_timestamp() - interval '1 minute')) over ())::int8 as x_new,
       (sum(count(*) filter (where backend_start > clock_timestamp() - interval '10 minutes')) over ())::int8 as x_new_of_ten,
       current_setting('superuser_reserved_connections')::int8
           + coalesce(current_setting('reserved_connections', true)::int8, 0) as x_reserved
  from pg_catalog.pg_stat_activity where backend_type = 'client backend'
 group by 1, 2, 3 order by new_sessions desc, sessions desc limit :limit
