-- Which reading statements cost this database most?
-- since: 15
-- timeout: 15s
-- params: top int8
-- units: ms
-- extensions: pg_stat_statements
select s.queryid, s.query, s.calls, s.total_exec_time as total_ms, s.mean_exec_time as mean_ms
  from {pg_stat_statements}.pg_stat_statements s
 where s.dbid = (select d.oid from pg_catalog.pg_database d
                  where d.datname = pg_catalog.current_database())
   and s.toplevel and s.queryid is not null
   and s.query ~* '^\s*(select|with)\s' and s.query not like '/* lakebaseops:%'
   and s.query !~* '\m(pg_catalog|pg_stat\w*|information_schema)\M'
 order by s.total_exec_time desc
 limit :top
