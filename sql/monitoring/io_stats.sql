-- Which kind of process reads and writes what, and how long does it take?
-- since: 17
-- timeout: 10s
-- params: none
-- units: operations (extensions: blocks added to files); *_bytes bytes; *_ms milliseconds (0 unless track_io_timing is on)
select i.backend_type, i.object, i.context,
       coalesce(i.reads, 0) as reads, coalesce((j.io ->> 'read_bytes')::int8, i.reads * (j.io ->> 'op_bytes')::int8, 0) as read_bytes,
       coalesce(i.read_time, 0) as read_ms,
       coalesce(i.writes, 0) as writes, coalesce((j.io ->> 'write_bytes')::int8, i.writes * (j.io ->> 'op_bytes')::int8, 0) as write_bytes,
       coalesce(i.write_time, 0) as write_ms,
       coalesce(i.writebacks, 0) as writebacks, coalesce(i.writeback_time, 0) as writeback_ms,
       coalesce(i.extends, 0) as extensions, coalesce(i.extend_time, 0) as extend_ms,
       coalesce(i.hits, 0) as hits, coalesce(i.evictions, 0) as evictions,
       coalesce(i.reuses, 0) as reuses,
       coalesce(i.fsyncs, 0) as fsyncs, coalesce(i.fsync_time, 0) as fsync_ms,
       i.stats_reset
  from pg_stat_io i
 -- op_bytes until 17, bytes as counted since 18.
 cross join lateral (select to_jsonb(i) as io) j
 where coalesce(i.reads, 0) + coalesce(i.writes, 0) + coalesce(i.extends, 0) + coalesce(i.hits, 0) > 0
 order by 1, 2, 3
