-- Which statements write temporary files?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: ms, bytes
-- extensions: pg_stat_statements
select s.queryid::text as queryid, left(s.query, 300) as statement, s.calls, s.mean_exec_time as mean_ms, s.total_exec_time as total_ms, s.temp_blks_written * pg_catalog.current_setting('block_size')::int8 as temp_bytes, pg_catalog.current_setting('work_mem') as x_work_mem
  from {pg_stat_statements}.pg_stat_statements s
 where s.dbid = (select oid from pg_catalog.pg_database where datname = current_database())
   and s.query not like '%lakebaseops:%' and s.toplevel and s.temp_blks_written > 0
 order by s.temp_blks_written desc limit :limit
