-- A report keeps its snapshot open while thousands of transactions pass.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: xmin_held_by_session
-- repair: asked
-- vary: transactions 10100..12000
--: setup
create table notes as select g as id from generate_series(1, 100) g;
--: hold
begin isolation level repeatable read;
select count(*) from notes;
--: client
do $$ begin for i in 1..{transactions} loop perform pg_current_xact_id(); commit; end loop; end $$;
