-- How does this statement read with its values taken out, and how long does it usually take?
-- since: 17
-- timeout: 10s
-- params: queryid int8
-- units: ms
-- extensions: pg_stat_statements
select query as query_text, case when calls > 0 then mean_exec_time end as mean_ms
  from {pg_stat_statements}.pg_stat_statements(true)
 where queryid = :queryid and query is not null
   and dbid = (select oid from pg_catalog.pg_database where datname = current_database())
 order by calls desc
 limit 1
