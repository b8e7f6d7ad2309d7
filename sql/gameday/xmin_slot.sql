-- A standby with a slot went away in the middle of a query; its slot keeps the horizon.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: xmin_held_by_slot
-- repair: person
-- vary: transactions 10100..12000
--: admin
select pg_create_physical_replication_slot('game_day', true);
--: feedback game_day
--: client
do $$ begin for i in 1..{transactions} loop perform pg_current_xact_id(); commit; end loop; end $$;
