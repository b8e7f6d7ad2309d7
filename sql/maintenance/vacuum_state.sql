-- How far is every table past the limits autovacuum applies to it, and when was it last looked after?
-- since: 17
-- timeout: 30s
-- params: none
-- units: rows; bytes; limits in rows by the table's own options, TOAST by its own
-- Partitions are listed with their topmost table; partitioned tables hold no rows themselves.
with setting as (
    select current_setting('autovacuum_vacuum_threshold')::float8 as vac_base,
           current_setting('autovacuum_vacuum_scale_factor')::float8 as vac_scale,
           -- New in 18, where the limit is no more than that many dead rows; -1 is no limit.
           nullif(current_setting('autovacuum_vacuum_max_threshold', true)::float8, -1) as vac_most,
           current_setting('server_version_num')::int4 >= 180000 as frozen_known,
           current_setting('autovacuum_vacuum_insert_threshold')::float8 as ins_base,
           current_setting('autovacuum_vacuum_insert_scale_factor')::float8 as ins_scale,
           current_setting('autovacuum_analyze_threshold')::float8 as ana_base,
           current_setting('autovacuum_analyze_scale_factor')::float8 as ana_scale
), rel as (
    select c.oid, c.relname, c.relnamespace, c.relkind, c.relispartition, c.reltoastrelid, c.relowner,
           greatest(c.reltuples, 0)::float8 as rows_est, c.relpages,
           case when current_setting('server_version_num')::int4 >= 180000 then to_jsonb(c) end as row, c.relfrozenxid, c.relminmxid,
           (select jsonb_object_agg(option_name, option_value)
              from pg_catalog.pg_options_to_table(c.reloptions)) as opt,
           tc.oid as toast_oid, greatest(tc.reltuples, 0)::float8 as toast_rows, tc.relpages as toast_pages,
           (select jsonb_object_agg(option_name, option_value)
              from pg_catalog.pg_options_to_table(coalesce(tc.reloptions, c.reloptions))) as toast_opt
      from pg_catalog.pg_class c
      left join pg_catalog.pg_class tc on tc.oid = c.reltoastrelid
     where c.relkind in ('r', 'm') and c.relpersistence <> 't'
)
select n.nspname::text as schema_name, rel.relname::text as table_name, rel.oid::int8 as table_oid,
       rn.nspname::text as root_schema, rc.relname::text as root_table,
       case when lost then greatest(rows_est - coalesce(s.n_dead_tup, 0), s.n_live_tup, 0)::int8
            else coalesce(s.n_live_tup, 0) end as live_rows, coalesce(s.n_dead_tup, 0) as dead_rows,
       coalesce(s.n_ins_since_vacuum, 0) as inserted_rows, coalesce(s.n_mod_since_analyze, 0) as changed_rows,
       least(coalesce((opt->>'autovacuum_vacuum_threshold')::float8, vac_base)
               + coalesce((opt->>'autovacuum_vacuum_scale_factor')::float8, vac_scale) * rows_est,
             nullif(coalesce((opt->>'autovacuum_vacuum_max_threshold')::float8, vac_most), -1)) as dead_limit,
       case when coalesce((opt->>'autovacuum_vacuum_insert_threshold')::float8, ins_base) >= 0
            then coalesce((opt->>'autovacuum_vacuum_insert_threshold')::float8, ins_base)
              + coalesce((opt->>'autovacuum_vacuum_insert_scale_factor')::float8, ins_scale) * rows_est
                -- Since 18 only what is not frozen counts.
                * case when frozen_known and rel.relpages > 0
                       then 1 - least(1, (rel.row->>'relallfrozen')::float8 / rel.relpages) else 1 end
       end as insert_limit,
       coalesce((opt->>'autovacuum_analyze_threshold')::float8, ana_base)
         + coalesce((opt->>'autovacuum_analyze_scale_factor')::float8, ana_scale) * rows_est as analyze_limit,
       coalesce(ts.n_dead_tup, 0) as toast_dead_rows,
       case when toast_oid is not null
            then least(coalesce((toast_opt->>'autovacuum_vacuum_threshold')::float8, vac_base)
                         + coalesce((toast_opt->>'autovacuum_vacuum_scale_factor')::float8, vac_scale) * toast_rows,
                       nullif(coalesce((toast_opt->>'autovacuum_vacuum_max_threshold')::float8, vac_most), -1))
       end as toast_dead_limit,
       coalesce((opt->>'autovacuum_enabled')::bool, true)
         and current_setting('autovacuum')::bool as autovacuum_on,
       greatest(s.last_vacuum, s.last_autovacuum) as last_vacuum,
       greatest(s.last_analyze, s.last_autoanalyze) as last_analyze,
       coalesce(d.stats_reset, case when lost then pg_catalog.pg_postmaster_start_time() end) as stats_since,
       rel.relpages::int8 * current_setting('block_size')::int8 as table_bytes,
       coalesce(toast_pages, 0)::int8 * current_setting('block_size')::int8 as toast_bytes,
       coalesce((opt->>'fillfactor')::float8, 100) as fillfactor,
       age(rel.relfrozenxid)::int8 as xid_age, mxid_age(rel.relminmxid)::int8 as multixact_age,
       pg_catalog.has_table_privilege(rel.oid, 'MAINTAIN') as may_maintain,
       exists (select from pg_catalog.pg_stat_progress_vacuum p where p.relid = rel.oid) as vacuum_running,
       lost as counters_lost, clock_timestamp() as at
  from rel
 cross join setting
  join pg_catalog.pg_namespace n on n.oid = rel.relnamespace
  left join pg_catalog.pg_stat_all_tables s on s.relid = rel.oid
  -- A crash, a restore or a reset empties the counters, not reltuples, the count of the last ANALYZE.
 cross join lateral (select rows_est > 0
                            and coalesce(s.last_vacuum, s.last_autovacuum, s.last_analyze, s.last_autoanalyze) is null
                            and coalesce(s.n_live_tup + s.n_dead_tup, 0) < 0.9 * rows_est as lost) l
  left join pg_catalog.pg_stat_all_tables ts on ts.relid = rel.toast_oid
  left join pg_catalog.pg_class rc on rel.relispartition and rc.oid = pg_catalog.pg_partition_root(rel.oid)
  left join pg_catalog.pg_namespace rn on rn.oid = rc.relnamespace
 cross join (select stats_reset from pg_catalog.pg_stat_database where datname = current_database()) d
 where n.nspname not in ('pg_catalog', 'information_schema')
 order by s.n_dead_tup desc nulls last
