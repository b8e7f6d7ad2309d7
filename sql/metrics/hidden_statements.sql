-- How many statements does the server hide from this login, and has it the right on paper?
-- since: 16
-- timeout: 30s
-- params: none
-- units: statements
-- extensions: pg_stat_statements
-- A role granted WITH INHERIT FALSE is a member, but has the rights only after SET ROLE.
select count(*) as statements, count(*) filter (where s.queryid is null) as hidden,
       pg_catalog.pg_has_role(current_user, 'pg_monitor', 'MEMBER') as is_monitor_member,
       pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'MEMBER') as is_member
  from {pg_stat_statements}.pg_stat_statements(false) s
