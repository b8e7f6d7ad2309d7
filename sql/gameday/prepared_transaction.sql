-- A prepared transaction that its manager forgot holds a row others want.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: prepared_transaction_blocks
-- repair: person
-- settings: max_prepared_transactions=5
-- vary: waiters 1..3
--: setup
create table accounts (id int primary key, balance int);
insert into accounts values (1, 100);
--: hold
begin;
update accounts set balance = 0 where id = 1;
prepare transaction 'game_day_lost';
--: run {waiters}
update accounts set balance = balance - 1 where id = 1;
--: until
select count(*) >= {waiters} from pg_stat_activity where wait_event_type = 'Lock';
--: end
rollback prepared 'game_day_lost';
