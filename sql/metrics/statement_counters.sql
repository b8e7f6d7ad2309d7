-- What has every statement done since its statistics began? Without the texts: those lie in a file the
-- server would have to read each time.
-- since: 17
-- timeout: 30s
-- params: none
-- units: as pg_stat_statements (manual F.30): ms, blocks, bytes
-- extensions: pg_stat_statements
select dbid::int8 as dbid, userid::int8 as userid, toplevel, queryid,
       plans, calls, rows,
       shared_blks_hit, shared_blks_read, shared_blks_dirtied, shared_blks_written,
       local_blks_hit, local_blks_read, local_blks_dirtied, local_blks_written,
       temp_blks_read, temp_blks_written, wal_records, wal_fpi, wal_bytes::float8 as wal_bytes,
       jit_functions, jit_inlining_count, jit_optimization_count, jit_emission_count, jit_deform_count,
       total_plan_time, total_exec_time, shared_blk_read_time, shared_blk_write_time,
       local_blk_read_time, local_blk_write_time, temp_blk_read_time, temp_blk_write_time,
       jit_generation_time, jit_inlining_time, jit_optimization_time, jit_emission_time, jit_deform_time,
       min_plan_time, max_plan_time, mean_plan_time, stddev_plan_time,
       min_exec_time, max_exec_time, mean_exec_time, stddev_exec_time,
       stats_since, minmax_stats_since
  from {pg_stat_statements}.pg_stat_statements(false)
