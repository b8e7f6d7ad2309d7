-- A session idles inside its transaction while others wait for the row it changed.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: idle_transaction_blocks
-- repair: asked
-- vary: waiters 1..4
--: setup
create table accounts (id int primary key, balance int);
insert into accounts select g, 100 from generate_series(1, 100) g;
--: hold
begin;
update accounts set balance = 0 where id = 7;
--: run {waiters}
update accounts set balance = balance - 1 where id = 7;
--: until
select count(*) >= {waiters} from pg_stat_activity where wait_event_type = 'Lock';
