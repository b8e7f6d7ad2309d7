-- What does a test of the connection say about the server and the database at first sight?
-- since: 14
-- timeout: 10s
-- params: none
-- units: bytes, sessions
select pg_catalog.current_setting('server_version') as version,
       pg_catalog.current_database()::text as database_name,
       pg_catalog.pg_database_size(pg_catalog.current_database()) as database_bytes,
       (select count(*)
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p')
           and not c.relispartition
           and n.nspname not in ('pg_catalog', 'information_schema')
           and n.nspname not like 'pg\_toast%'
           and n.nspname not like 'pg\_temp%') as tables,
       (select count(*)
          from pg_catalog.pg_stat_activity
         where coalesce(backend_type, 'client backend') = 'client backend') as sessions,
       (select count(*)
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p')
           and n.nspname not in ('pg_catalog', 'information_schema')
           and (pg_catalog.has_table_privilege(c.oid, 'INSERT')
                or pg_catalog.has_table_privilege(c.oid, 'UPDATE')
                or pg_catalog.has_table_privilege(c.oid, 'DELETE'))) as writable_tables,
       (select pg_catalog.format('%s.%s has %s %% dead rows', s.schemaname, s.relname,
                                 round(100.0 * s.n_dead_tup / (s.n_live_tup + s.n_dead_tup), 1))
          from pg_catalog.pg_stat_user_tables s
         where s.n_dead_tup > 1000
           and s.n_dead_tup * 10 > s.n_live_tup + s.n_dead_tup
         order by s.n_dead_tup desc
         limit 1) as dead_rows
