-- Which statements take long on average, or what does this one cost?
-- since: 17
-- timeout: 10s
-- params: min_mean_ms float8, queryid int8, top int8
-- units: mean_ms milliseconds; calls_per_minute since the entry was made; rows_per_call rows; temp_bytes_per_call bytes
-- extensions: pg_stat_statements
-- A statement of several users, or called from functions too, is one; its texts are alike. With a
-- queryid only that one is given, however long it takes.
select s.queryid, d.datname::text as database_name, min(s.query) as query,
       sum(s.calls)::int8 as calls,
       sum(s.total_exec_time) / nullif(sum(s.calls), 0) as mean_ms,
       sum(s.total_exec_time) as total_ms,
       sum(s.rows)::float8 / nullif(sum(s.calls), 0) as rows_per_call,
       sum(s.temp_blks_written)::float8 * current_setting('block_size')::int8 / nullif(sum(s.calls), 0)
           as temp_bytes_per_call,
       sum(s.calls) * 60 / greatest(extract(epoch from now() - min(s.stats_since)), 60)::float8
           as calls_per_minute
  from {pg_stat_statements}.pg_stat_statements s
  join pg_catalog.pg_database d on d.oid = s.dbid
 where s.queryid is not null
   and (s.query is null or s.query not like '/* lakebaseops:%')
   and (:queryid is null or s.queryid = :queryid)
 group by s.queryid, d.datname
having sum(s.total_exec_time) / nullif(sum(s.calls), 0) >= :min_mean_ms
 order by sum(s.total_exec_time) desc
 limit :top
