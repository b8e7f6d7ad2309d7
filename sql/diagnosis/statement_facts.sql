-- What has each statement done since its statistics began? Two readings tell what happens now.
-- since: 17
-- timeout: 10s
-- params: none
-- units: ms; blocks; rows; bytes; seconds
-- extensions: pg_stat_statements
select dbid::int8 as dbid, userid::int8 as userid, toplevel, queryid::int8 as queryid,
       calls::int8 as calls, total_exec_time::float8 as exec_ms, rows::int8 as row_count,
       (shared_blks_hit + shared_blks_read + local_blks_hit + local_blks_read)::int8 as blocks,
       temp_blks_written::int8 * pg_catalog.current_setting('block_size')::int8 as temp_bytes,
       extract(epoch from clock_timestamp() - stats_since)::float8 as seconds
  from {pg_stat_statements}.pg_stat_statements(false)
 where queryid is not null
