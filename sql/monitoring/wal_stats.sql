-- How much write-ahead log is made, and what do checkpoints and the background writer do?
-- since: 17
-- timeout: 10s
-- params: none
-- units: wal_bytes bytes; *_ms milliseconds; buffers of block_size; the rest counts
select w.wal_records, w.wal_fpi as wal_full_page_images, w.wal_bytes::int8 as wal_bytes,
       w.wal_buffers_full, coalesce((j.w ->> 'wal_write')::int8, i.writes) as wal_writes,
       coalesce((j.w ->> 'wal_sync')::int8, i.fsyncs) as wal_syncs,
       coalesce((j.w ->> 'wal_write_time')::float8, i.write_ms) as wal_write_ms,
       coalesce((j.w ->> 'wal_sync_time')::float8, i.fsync_ms) as wal_sync_ms,
       w.stats_reset as wal_stats_reset,
       c.num_timed as checkpoints_timed, c.num_requested as checkpoints_requested,
       c.restartpoints_timed, c.restartpoints_req as restartpoints_requested,
       c.restartpoints_done, c.write_time as checkpoint_write_ms, c.sync_time as checkpoint_sync_ms,
       c.buffers_written as checkpoint_buffers, c.stats_reset as checkpointer_stats_reset,
       b.buffers_clean as bgwriter_buffers, b.maxwritten_clean as bgwriter_stops,
       b.buffers_alloc as buffers_allocated, b.stats_reset as bgwriter_stats_reset
  from pg_stat_wal w
 -- Since 18 writing and flushing the log stand in pg_stat_io.
 cross join lateral (select to_jsonb(w) as w) j
 cross join (select sum(writes)::int8 as writes, sum(fsyncs)::int8 as fsyncs,
                    sum(write_time) as write_ms, sum(fsync_time) as fsync_ms
               from pg_stat_io where object = 'wal') i
 cross join pg_stat_checkpointer c
 cross join pg_stat_bgwriter b
