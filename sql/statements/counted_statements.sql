-- How many statements does the server count since when, and how many does it hide from this login?
-- since: 17
-- timeout: 10s
-- params: none
-- units: statements
-- extensions: pg_stat_statements
select count(s.userid) as statements, count(s.userid) filter (where s.queryid is null) as hidden,
       i.stats_reset, clock_timestamp() as at
  from {pg_stat_statements}.pg_stat_statements_info i
  left join {pg_stat_statements}.pg_stat_statements(false) s on true
 group by i.stats_reset
