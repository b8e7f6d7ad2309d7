-- How often are checkpoints made, and are they forced?
-- since: 17
-- timeout: 5s
-- params: none
-- units: seconds
select num_timed as timed, num_requested as forced, num_requested::float8 / nullif(num_timed + num_requested, 0) as forced_share,
       write_time / 1000.0 as write_seconds, sync_time / 1000.0 as sync_seconds, buffers_written, stats_reset as since_at,
       extract(epoch from clock_timestamp() - stats_reset)::float8 / nullif(num_timed + num_requested, 0) as every_seconds,
       pg_catalog.current_setting('checkpoint_timeout') as checkpoint_timeout, pg_catalog.current_setting('max_wal_size') as max_wal_size
  from pg_catalog.pg_stat_checkpointer
