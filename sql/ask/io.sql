-- Who reads and writes the most?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: operations, seconds
select backend_type, object, context, sum(reads)::int8 as reads, sum(writes)::int8 as writes, sum(extends)::int8 as extends,
       (sum(read_time) / 1000.0)::float8 as read_seconds, (sum(write_time) / 1000.0)::float8 as write_seconds,
       min(stats_reset) as x_since_at
  from pg_catalog.pg_stat_io
 group by 1, 2, 3 having coalesce(sum(reads), 0) + coalesce(sum(writes), 0) > 0
 order by coalesce(sum(reads), 0) + coalesce(sum(writes), 0) desc limit :limit
