-- A vacuum takes its time, as it was told to.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: runaway_statement
--: setup
create table archive with (autovacuum_enabled = off) as select g as id, repeat('x', 200) as body from generate_series(1, 200000) g;
analyze archive;
--: run 1
set vacuum_cost_delay = '50ms';
set vacuum_cost_limit = 20;
vacuum archive;
