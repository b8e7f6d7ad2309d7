-- A small table has many dead rows; nothing about it makes a server slow.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: dead_rows
--: setup
create table flags with (autovacuum_enabled = off) as select g as id, 0 as n from generate_series(1, 800) g;
--: client
update flags set n = n + 1;
update flags set n = n + 1;
