-- Which table locks are held or waited for now?
-- since: 16
-- timeout: 5s
-- params: schema_name text, table_name text
-- units: seconds
select l.relation::regclass::text as on_table, l.mode, l.granted, l.pid, a.usename::text as role,
       coalesce(a.application_name, '') as application, a.state,
       extract(epoch from clock_timestamp() - coalesce(l.waitstart, a.xact_start))::float8 as since_seconds
  from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
 where l.locktype = 'relation' and l.database = (select oid from pg_catalog.pg_database where datname = current_database())
   and l.pid <> pg_catalog.pg_backend_pid() and l.relation >= 16384
   and (:table_name = '' or l.relation = (select c.oid from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = :schema_name and c.relname = :table_name))
 order by l.granted, since_seconds desc nulls last limit 50
