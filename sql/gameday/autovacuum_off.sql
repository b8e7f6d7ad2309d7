-- Autovacuum is switched off for the whole server, and dead rows pile up.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: autovacuum_off
-- repair: itself
-- settings: autovacuum=off
-- vary: rows 60000..120000
--: setup
create table carts as select g as id, 0 as n, repeat('x', 100) as note from generate_series(1, {rows}) g;
alter table carts add primary key (id);
vacuum analyze carts;
--: client
update carts set n = n + 1 where id % 2 = 0;
