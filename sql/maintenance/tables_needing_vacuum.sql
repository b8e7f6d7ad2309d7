-- Which tables hold more dead rows than their own autovacuum threshold, or than a given share?
-- since: 17
-- timeout: 30s
-- params: min_dead int8, min_ratio float8
-- units: rows; bytes from the catalog's page count; dead_ratio 0-1; overdue = dead rows over threshold
-- Thresholds follow the table's storage parameters, a TOAST table its own (manual 24.1.6).
-- A TOAST table is listed under its own name with the table it belongs to.
with t as (
    select c.oid, n.nspname, c.relname, c.relkind, c.reltuples, c.relpages, c.relfrozenxid,
           owner.relname as toast_of, on_.nspname as toast_of_schema,
           (select jsonb_object_agg(o.option_name, o.option_value)
              from pg_options_to_table(c.reloptions) o) as opt
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_class owner on c.relkind = 't' and owner.reltoastrelid = c.oid
      left join pg_namespace on_ on on_.oid = owner.relnamespace
     where c.relkind in ('r', 'm', 't') and c.relpersistence <> 't'
       and n.nspname not in ('pg_catalog', 'information_schema')
       and coalesce(on_.nspname, '') not in ('pg_catalog', 'information_schema')
), judged as (
    select t.*, s.n_live_tup, s.n_dead_tup,
           -- A crash empties the counters, not reltuples, the count of the last analysis.
           greatest(s.n_live_tup + s.n_dead_tup, t.reltuples)::float8 as all_rows,
           s.last_vacuum, s.last_autovacuum,
           s.vacuum_count + s.autovacuum_count as vacuums,
           coalesce((t.opt ->> 'autovacuum_enabled')::bool, true)
               and current_setting('autovacuum')::bool as autovacuum_on,
           -- The last one is new in 18, where the limit is no more than that many dead rows.
           least(coalesce((t.opt ->> 'autovacuum_vacuum_threshold')::float8,
                          current_setting('autovacuum_vacuum_threshold')::float8)
                 + coalesce((t.opt ->> 'autovacuum_vacuum_scale_factor')::float8,
                            current_setting('autovacuum_vacuum_scale_factor')::float8)
                   * greatest(t.reltuples, 0),
                 nullif(coalesce((t.opt ->> 'autovacuum_vacuum_max_threshold')::float8,
                                 current_setting('autovacuum_vacuum_max_threshold', true)::float8), -1))
               as threshold
      from t
      join pg_stat_all_tables s on s.relid = t.oid
     where s.n_dead_tup > 0
)
select nspname::text as schema_name, relname::text as table_name, relkind = 't' as is_toast,
       toast_of_schema::text, toast_of::text,
       (all_rows - n_dead_tup)::int8 as live_rows, n_dead_tup as dead_rows,
       n_dead_tup / all_rows as dead_ratio,
       threshold as vacuum_threshold, n_dead_tup / greatest(threshold, 1) as overdue,
       autovacuum_on, relpages::int8 * current_setting('block_size')::int8 as table_bytes,
       age(relfrozenxid) as xid_age, last_vacuum, last_autovacuum, vacuums
  from judged
 where n_dead_tup > threshold
    or n_dead_tup >= :min_dead and n_dead_tup / all_rows >= :min_ratio
 order by overdue desc, 1, 2
