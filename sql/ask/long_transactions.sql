-- Which transactions are open longest?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: seconds
select pid, usename::text as role, coalesce(application_name, '') as application, state,
       extract(epoch from clock_timestamp() - xact_start)::float8 as open_seconds,
       pg_catalog.age(backend_xmin) as xmin_age, left(query, 200) as last_statement
  from pg_catalog.pg_stat_activity
 where xact_start is not null and pid <> pg_catalog.pg_backend_pid() and backend_type = 'client backend'
   and coalesce(application_name, '') not like 'lakebaseops%'
 order by xact_start limit :limit
