-- Which statements does this database serve, and how many a second?
-- since: 17
-- timeout: 15s
-- params: none
-- units: calls per second, averaged since the statement statistics were reset
-- extensions: pg_stat_statements
select s.query,
       (sum(s.calls) / greatest(extract(epoch from pg_catalog.clock_timestamp() - min(i.stats_reset)), 1))::float8
           as per_second
  from {pg_stat_statements}.pg_stat_statements s
 cross join {pg_stat_statements}.pg_stat_statements_info i
 where s.dbid = (select d.oid from pg_catalog.pg_database d
                  where d.datname = pg_catalog.current_database())
   and s.toplevel and s.query not like '/* lakebaseops:%'
 group by s.query
