-- How many dead rows does each table carry, and when was it last cleaned?
-- since: 17
-- timeout: 10s
-- params: min_dead int8
-- units: rows; bytes from the catalog's page count; dead_ratio 0-1
select s.schemaname::text as schema_name, s.relname::text as table_name,
       -- A crash empties the counters, not reltuples, the count of the last analysis.
       greatest(s.n_live_tup, c.reltuples - s.n_dead_tup)::int8 as live_rows,
       s.n_dead_tup as dead_rows,
       s.n_dead_tup::float8 / nullif(greatest(s.n_live_tup + s.n_dead_tup, c.reltuples), 0)
           as dead_ratio,
       s.n_mod_since_analyze as modified_since_analyze,
       s.n_ins_since_vacuum as inserted_since_vacuum,
       c.relpages::int8 * current_setting('block_size')::int8 as table_bytes,
       s.last_vacuum, s.last_autovacuum, s.last_analyze, s.last_autoanalyze,
       s.vacuum_count, s.autovacuum_count
  from pg_stat_user_tables s
  join pg_class c on c.oid = s.relid
 where c.relkind in ('r', 'm') and s.n_dead_tup >= :min_dead
 order by s.n_dead_tup desc, 1, 2
