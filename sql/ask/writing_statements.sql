-- Which statements write the most WAL?
-- since: 16
-- timeout: 5s
-- params: limit int8
-- units: ms, bytes
-- extensions: pg_stat_statements
select s.queryid::text as queryid, left(s.query, 300) as statement, s.calls, s.mean_exec_time as mean_ms, s.total_exec_time as total_ms, s.wal_bytes::int8 as wal_bytes, s.wal_records
  from {pg_stat_statements}.pg_stat_statements s
 where s.dbid = (select oid from pg_catalog.pg_database where datname = current_database())
   and s.query not like '%lakebaseops:%' and s.toplevel and s.wal_bytes > 0
 order by s.wal_bytes desc limit :limit
