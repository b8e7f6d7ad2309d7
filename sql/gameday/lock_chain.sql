-- A statement that runs for long holds a lock, and a chain of sessions waits behind it.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: running_statement_blocks
-- repair: person
-- vary: waiters 2..5
--: setup
create table accounts (id int primary key, balance int);
insert into accounts select g, 100 from generate_series(1, 100) g;
--: run 1
begin;
lock table accounts in share mode;
select pg_sleep(600);
--: until
select count(*) = 1 from pg_locks where relation = 'accounts'::regclass and mode = 'ShareLock' and granted;
--: run {waiters}
update accounts set balance = balance + 1 where id = 1 + pg_backend_pid() % 50;
--: until
select count(*) >= {waiters} from pg_stat_activity where wait_event_type = 'Lock';
