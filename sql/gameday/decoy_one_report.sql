-- A small report reads a large table once in a while, as it should.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: missing_index
--: setup
create table facts as select g as id, g % 100 as kind from generate_series(1, 300000) g;
vacuum analyze facts;
--: loop 1
select kind, count(*) from facts group by kind;
select pg_sleep(4);
