-- How fast do the larger tables collect dead rows, and at how many does autovacuum begin on each?
-- since: 16
-- timeout: 30s
-- params: min_bytes int8
-- units: rows; bytes; counters since the statistics began; limits in rows, scale factors as shares
-- own_*: as set for this table alone, null where the server's setting counts. most_rows: new in 18, the
-- most dead rows autovacuum waits for; null where there is no such limit. Costs of pages and per round.
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
       nullif(coalesce((o.opt->>'autovacuum_vacuum_max_threshold')::int8,
                       current_setting('autovacuum_vacuum_max_threshold', true)::int8), -1) as most_rows,
       extract(epoch from current_setting('autovacuum_naptime')::interval)::float8 as nap_seconds,
       coalesce((select sum(i.relpages) from pg_catalog.pg_index x join pg_catalog.pg_class i on i.oid = x.indexrelid
                  where x.indrelid = c.oid), 0)::int8 * current_setting('block_size')::int8 as index_bytes,
       s.workers, s.cost_limit, s.cost_delay_millis, s.miss_cost, s.dirty_cost,
       pg_catalog.pg_has_role(c.relowner, 'USAGE') as may_alter,
       d.stats_reset, pg_catalog.pg_postmaster_start_time() as server_start, clock_timestamp() as at
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 cross join lateral (select pg_catalog.jsonb_object_agg(option_name, option_value) as opt
                       from pg_catalog.pg_options_to_table(c.reloptions)) o
 cross join (select stats_reset from pg_catalog.pg_stat_database where datname = current_database()) d
 cross join (select current_setting('autovacuum_max_workers')::int8 as workers,
                    coalesce(nullif(current_setting('autovacuum_vacuum_cost_limit')::float8, -1),
                             current_setting('vacuum_cost_limit')::float8) as cost_limit,
                    (select case when a.setting::float8 < 0 then v.setting::float8 else a.setting::float8 end
                       from pg_catalog.pg_settings a, pg_catalog.pg_settings v
                      where a.name = 'autovacuum_vacuum_cost_delay' and v.name = 'vacuum_cost_delay')
                      as cost_delay_millis,
                    current_setting('vacuum_cost_page_miss')::float8 as miss_cost,
                    current_setting('vacuum_cost_page_dirty')::float8 as dirty_cost) s
 where c.relkind in ('r', 'm') and c.relpersistence = 'p'
   and c.relpages::int8 * current_setting('block_size')::int8 >= :min_bytes
   and n.nspname not in ('pg_catalog', 'information_schema')
 order by c.oid
