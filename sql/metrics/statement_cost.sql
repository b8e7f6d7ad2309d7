-- What did one statement of ours cost the server since its statistics began?
-- since: 17
-- timeout: 5s
-- params: queryid int8
-- units: ms
-- extensions: pg_stat_statements
select coalesce(sum(s.calls), 0)::int8 as calls,
       coalesce(sum(s.total_plan_time + s.total_exec_time), 0)::float8 as spent_millis
  from {pg_stat_statements}.pg_stat_statements(false) s
 where s.queryid = :queryid
   and s.userid = (select oid from pg_catalog.pg_roles where rolname = current_user)
