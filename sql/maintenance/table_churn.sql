-- How fast do the larger tables collect dead rows, and at how many does autovacuum begin on each?
-- since: 16
-- timeout: 30s
-- params: min_bytes int8
-- units: rows; bytes; counters since the statistics began; limits in rows, scale factors as shares
-- own_*: as set for this table alone, null where the server's setting counts.
select n.nspname::text as schema_name, c.relname::text as table_name, c.oid::int8 as table_oid,
       greatest(c.reltuples, pg_catalog.pg_stat_get_live_tuples(c.oid), 0)::int8 as live_rows,
       pg_catalog.pg_stat_get_dead_tuples(c.oid) as dead_rows,
       c.relpages::int8 * current_setting('block_size')::int8 as table_bytes,
       pg_catalog.pg_stat_get_tuples_updated(c.oid) + pg_catalog.pg_stat_get_tuples_deleted(c.oid) as died,
       greatest(pg_catalog.pg_stat_get_last_vacuum_time(c.oid),
                pg_catalog.pg_stat_get_last_autovacuum_time(c.oid)) as last_vacuum,
       pg_catalog.pg_stat_get_vacuum_count(c.oid)
         + pg_catalog.pg_stat_get_autovacuum_count(c.oid) as vacuums,
       (o.opt->>'autovacuum_vacuum_scale_factor')::numeric as own_factor,
       (o.opt->>'autovacuum_vacuum_threshold')::int8 as own_threshold,
       current_setting('autovacuum_vacuum_scale_factor')::float8 as factor,
       current_setting('autovacuum_vacuum_threshold')::int8 as threshold,
       coalesce((o.opt->>'autovacuum_enabled')::bool, true) as enabled,
       extract(epoch from current_setting('autovacuum_naptime')::interval)::float8 as nap_seconds,
       pg_catalog.pg_has_role(c.relowner, 'USAGE') as may_alter,
       d.stats_reset, pg_catalog.pg_postmaster_start_time() as server_start, clock_timestamp() as at
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 cross join lateral (select pg_catalog.jsonb_object_agg(option_name, option_value) as opt
                       from pg_catalog.pg_options_to_table(c.reloptions)) o
 cross join (select stats_reset from pg_catalog.pg_stat_database where datname = current_database()) d
 where c.relkind in ('r', 'm') and c.relpersistence = 'p'
   and c.relpages::int8 * current_setting('block_size')::int8 >= :min_bytes
   and n.nspname not in ('pg_catalog', 'information_schema')
