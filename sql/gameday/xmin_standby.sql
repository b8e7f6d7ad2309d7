-- A query on a standby with hot_standby_feedback keeps the horizon here.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: xmin_held_by_standby
-- repair: person
-- vary: transactions 10100..12000
--: feedback
--: client
do $$ begin for i in 1..{transactions} loop perform pg_current_xact_id(); commit; end loop; end $$;
