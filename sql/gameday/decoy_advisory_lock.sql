-- A job holds an advisory lock for as long as it lives; nobody else asks for it.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: running_statement_blocks
--: hold
select pg_advisory_lock(4711);
--: loop 1
select pg_try_advisory_lock(4711);
select pg_sleep(0.1);
