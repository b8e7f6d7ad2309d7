-- Which statements have ever taken a second or more, with what totals? An interval's mean above one
-- second implies such a maximum, so the differences of these rows find every slow statement.
-- since: 17
-- timeout: 10s
-- params: own_queries int8[]
-- units: ms
-- extensions: pg_stat_statements
select dbid::bigint as dbid, userid::bigint as userid, toplevel, queryid,
       calls, total_exec_time as exec_ms, stats_since
from {pg_stat_statements}.pg_stat_statements(false)
where max_exec_time >= 1000 and queryid is not null
  and not (userid = (select oid from pg_catalog.pg_roles where rolname = current_user) and queryid = any (:own_queries))
