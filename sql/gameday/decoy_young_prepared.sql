-- A transaction manager is between the two phases of a commit.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: prepared_transaction_blocks
-- settings: max_prepared_transactions=5
--: setup
create table payments (id int primary key);
--: hold
begin;
insert into payments values (1);
prepare transaction 'game_day_young';
--: end
commit prepared 'game_day_young';
