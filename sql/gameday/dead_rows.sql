-- A job changes most of a large table at once, faster than autovacuum comes.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: dead_rows
-- repair: itself
-- settings: autovacuum_naptime=10min
-- vary: rows 60000..120000
--: setup
create table stock as select g as id, 0 as n, repeat('x', 100) as note from generate_series(1, {rows}) g;
alter table stock add primary key (id);
vacuum analyze stock;
--: client
update stock set n = n + 1 where id % 2 = 0;
