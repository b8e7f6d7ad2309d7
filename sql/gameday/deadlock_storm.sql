-- Two jobs lock the same rows in opposite orders, again and again.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: deadlocks
-- repair: person
-- settings: deadlock_timeout=200ms
--: setup
create table seats (id int primary key, taken int);
insert into seats values (1, 0), (2, 0);
--: loop 1
begin;
update seats set taken = taken + 1 where id = 1;
select pg_sleep(0.05);
update seats set taken = taken + 1 where id = 2;
commit;
--: loop 1
begin;
update seats set taken = taken + 1 where id = 2;
select pg_sleep(0.05);
update seats set taken = taken + 1 where id = 1;
commit;
--: until
select deadlocks >= 1 from pg_stat_database where datname = current_database();
