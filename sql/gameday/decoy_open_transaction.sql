-- A session thinks inside its transaction, and nobody waits for it.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: idle_transaction_blocks
--: setup
create table accounts (id int primary key, balance int);
insert into accounts values (1, 100), (2, 100);
--: hold
begin;
update accounts set balance = 0 where id = 1;
--: loop 1
update accounts set balance = balance + 1 where id = 2;
select pg_sleep(0.1);
