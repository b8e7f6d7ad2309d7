-- How do these statements read, byte by byte, and did only our own login run them?
-- since: 16
-- timeout: 30s
-- params: queryids int8[]
-- units: none
-- extensions: pg_stat_statements
-- For a database in SQL_ASCII: only there the server hands out texts that are no UTF-8. Base 64, since
-- the bytes themselves would be refused on the way to us.
select queryid,
       (array_agg(translate(encode(convert_to(query, 'SQL_ASCII'), 'base64'), E'\n', '')))[1] as query_text,
       bool_and(userid = (select oid from pg_catalog.pg_roles where rolname = current_user)) as only_our_login
  from {pg_stat_statements}.pg_stat_statements(true)
 where queryid = any (:queryids) and query is not null
 group by queryid
