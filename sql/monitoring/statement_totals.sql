-- How many statements ran, and how long did they take together?
-- since: 17
-- timeout: 10s
-- params: own_queries int8[]
-- units: ms
-- extensions: pg_stat_statements
select coalesce(sum(calls), 0)::float8 as calls, coalesce(sum(total_exec_time), 0)::float8 as exec_ms
from {pg_stat_statements}.pg_stat_statements(false)
where not (userid = (select oid from pg_catalog.pg_roles where rolname = current_user) and coalesce(queryid, 0) = any (:own_queries))
