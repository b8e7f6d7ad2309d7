-- Which statements have ever taken a second or more, with what totals? An interval's mean above one
-- second implies such a maximum, so the differences of these rows find every slow statement.
-- since: 17
-- timeout: 10s
-- params: none
-- units: ms
-- extensions: pg_stat_statements
select dbid::bigint as dbid, userid::bigint as userid, toplevel, queryid,
       calls, total_exec_time as exec_ms, stats_since
from {pg_stat_statements}.pg_stat_statements(false)
where max_exec_time >= 1000 and queryid is not null
