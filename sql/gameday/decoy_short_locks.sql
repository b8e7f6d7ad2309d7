-- Writers meet at the same rows, but every wait is over in a moment.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: hot_row
--: setup
create table counters (id int primary key, hits int);
insert into counters select g, 0 from generate_series(1, 5) g;
--: loop 2
begin;
update counters set hits = hits + 1 where id = 1 + (random() * 4)::int;
commit;
select pg_sleep(0.01);
