-- Who uses this table now and how often is it read, and how large are its parts?
-- since: 16
-- timeout: 10s
-- params: schema_name text, table_name text
-- units: sessions with a lock on it now; scans since the statistics began; bytes
select (select count(distinct l.pid) from pg_catalog.pg_locks l
         where l.locktype = 'relation' and l.relation = c.oid and l.pid <> pg_catalog.pg_backend_pid()
           and l.database = (select oid from pg_catalog.pg_database where datname = current_database()))::int8
         as sessions,
       pg_catalog.pg_stat_get_numscans(c.oid)
         + coalesce((select sum(pg_catalog.pg_stat_get_numscans(x.indexrelid))
                       from pg_catalog.pg_index x where x.indrelid = c.oid), 0)::int8 as scans,
       coalesce((select d.stats_reset from pg_catalog.pg_stat_database d
                  where d.datname = current_database()), pg_catalog.pg_postmaster_start_time()) as since,
       pg_catalog.pg_indexes_size(c.oid)::int8 as index_bytes,
       (pg_catalog.pg_table_size(c.oid) - pg_catalog.pg_relation_size(c.oid))::int8 as toast_bytes,
       pg_catalog.pg_relation_size(c.oid)::int8 as heap_bytes,
       clock_timestamp() as at
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where n.nspname = :schema_name and c.relname = :table_name and c.relkind in ('r', 'm')
