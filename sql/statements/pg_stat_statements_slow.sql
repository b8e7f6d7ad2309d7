-- Which statements take long on average?
-- since: 17
-- timeout: 10s
-- params: min_mean_ms float8, min_calls int8, top int8
-- units: *_ms milliseconds; *_ratio 0-1 (null without block access)
-- extensions: pg_stat_statements
select s.userid, r.rolname::text as rolname, s.dbid, d.datname::text as datname, s.queryid,
       s.toplevel, s.query, s.calls, s.rows,
       s.mean_exec_time as mean_ms, s.max_exec_time as max_ms, s.stddev_exec_time as stddev_ms,
       s.total_exec_time as total_ms,
       s.shared_blks_hit::float8 / nullif(s.shared_blks_hit + s.shared_blks_read, 0)
           as cache_hit_ratio,
       s.temp_blks_written, s.stats_since
  from {pg_stat_statements}.pg_stat_statements s
  left join pg_roles r on r.oid = s.userid
  left join pg_database d on d.oid = s.dbid
 where s.mean_exec_time >= :min_mean_ms
   and s.calls >= :min_calls
   and (s.query is null or s.query not like '/* lakebaseops:%')
 order by s.mean_exec_time desc
 limit :top
