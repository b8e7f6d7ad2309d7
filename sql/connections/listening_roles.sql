-- Which roles have ever listened, or kept a cursor open beyond its transaction, in which database?
-- since: 17
-- timeout: 10s
-- params: none
-- units: none
-- extensions: pg_stat_statements
-- A session's own channels and cursors cannot be seen from outside; what its role does, can.
select r.rolname::text as user_name, d.datname::text as database_name,
       bool_or(s.query ~* '^\s*(/\*.*?\*/\s*)*listen\M') as listens,
       bool_or(s.query ~* '\mwith\s+hold\M') as keeps_cursors
  from {pg_stat_statements}.pg_stat_statements(true) s
  join pg_catalog.pg_roles r on r.oid = s.userid
  join pg_catalog.pg_database d on d.oid = s.dbid
 where s.query ~* '^\s*(/\*.*?\*/\s*)*listen\M' or s.query ~* '\mdeclare\M.*\mwith\s+hold\M'
 group by 1, 2
