-- What does the catalog say of the tables that plans read?
-- since: 17
-- timeout: 10s
-- params: schema_names text[], table_names text[]
-- units: table_rows rows by the last VACUUM or ANALYZE; changed_rows since the last ANALYZE
-- extended_statistics: the columns of each statistics object, separated by commas.
select n.nspname::text as schema_name, c.relname::text as table_name,
       greatest(c.reltuples, 0)::float8 as table_rows,
       coalesce(pg_catalog.pg_stat_get_mod_since_analyze(c.oid), 0)::float8 as changed_rows,
       greatest(pg_catalog.pg_stat_get_last_analyze_time(c.oid),
                pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid)) as analyzed,
       array(select a.attname::text from pg_catalog.pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              order by a.attnum) as columns,
       array(select pg_catalog.format_type(a.atttypid, a.atttypmod) from pg_catalog.pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              order by a.attnum) as column_types,
       array(select (select pg_catalog.string_agg(a.attname::text, ',' order by a.attnum)
                       from pg_catalog.pg_attribute a
                      where a.attrelid = c.oid and a.attnum = any (e.stxkeys::int2[]))
               from pg_catalog.pg_statistic_ext e where e.stxrelid = c.oid
              order by e.oid) as extended_statistics
  from unnest(:schema_names, :table_names) w(schema_name, table_name)
  join pg_catalog.pg_namespace n on n.nspname = w.schema_name
  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.table_name
