-- Which statements took the most time since counting began?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: ms
-- extensions: pg_stat_statements
select s.queryid::text as queryid, left(s.query, 300) as statement, s.calls, s.mean_exec_time as mean_ms, s.total_exec_time as total_ms,
       s.total_exec_time / nullif(sum(s.total_exec_time) over (), 0) as time_share, i.stats_reset as since_at
  from {pg_stat_statements}.pg_stat_statements s
 cross join {pg_stat_statements}.pg_stat_statements_info i
 where s.dbid = (select oid from pg_catalog.pg_database where datname = current_database())
   and s.query not like '%lakebaseops:%' and s.toplevel
 order by s.total_exec_time desc limit :limit
