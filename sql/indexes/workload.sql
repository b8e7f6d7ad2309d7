-- Which statements of this database take the most time, and how do they read with their values taken out?
-- since: 17
-- timeout: 30s
-- params: top int8
-- units: ms since stats_since
-- extensions: pg_stat_statements
-- queryid as text: as a number it loses digits in JSON. Where the text is hidden the id is too.
select coalesce(s.queryid::text, '') as queryid, s.query as query_text, s.calls, s.total_exec_time as total_ms,
       s.rows, s.stats_since
  from {pg_stat_statements}.pg_stat_statements(true) s
 where s.dbid = (select oid from pg_catalog.pg_database where datname = current_database())
   and s.toplevel and s.calls > 0
   and s.query not like '/* lakebaseops%'
 order by s.total_exec_time desc
 limit :top
