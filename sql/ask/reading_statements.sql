-- Which statements read the most from disk?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: ms, bytes
-- extensions: pg_stat_statements
select s.queryid::text as queryid, left(s.query, 300) as statement, s.calls, s.mean_exec_time as mean_ms, s.total_exec_time as total_ms, s.shared_blks_read * pg_catalog.current_setting('block_size')::int8 as read_bytes, s.shared_blks_hit::float8 / nullif(s.shared_blks_hit + s.shared_blks_read, 0) as found_share
  from {pg_stat_statements}.pg_stat_statements s
 where s.dbid = (select oid from pg_catalog.pg_database where datname = current_database())
   and s.query not like '%lakebaseops:%' and s.toplevel and s.shared_blks_read > 0
 order by s.shared_blks_read desc limit :limit
