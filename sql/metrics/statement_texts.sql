-- How do these statements read?
-- since: 14
-- timeout: 30s
-- params: queryids int8[]
-- units: none
-- extensions: pg_stat_statements
select distinct on (queryid) queryid, query as query_text
  from {pg_stat_statements}.pg_stat_statements(true)
 where queryid = any (:queryids) and query is not null
