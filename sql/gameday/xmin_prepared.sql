-- A forgotten prepared transaction keeps the horizon while thousands of transactions pass.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: xmin_held_by_prepared_transaction
-- repair: person
-- settings: max_prepared_transactions=5
-- vary: transactions 10100..12000
--: setup
create table notes (id int);
--: hold
begin;
insert into notes values (1);
prepare transaction 'game_day_old';
--: client
do $$ begin for i in 1..{transactions} loop perform pg_current_xact_id(); commit; end loop; end $$;
--: end
rollback prepared 'game_day_old';
