-- How do these statements read, and did only our own login run them?
-- since: 14
-- timeout: 30s
-- params: queryids int8[]
-- units: none
-- extensions: pg_stat_statements
select queryid, (array_agg(query))[1] as query_text,
       bool_and(userid = (select oid from pg_catalog.pg_roles where rolname = current_user)) as only_our_login
  from {pg_stat_statements}.pg_stat_statements(true)
 where queryid = any (:queryids) and query is not null
 group by queryid
