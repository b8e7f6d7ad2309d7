-- The compute was stopped and started anew; its memory is empty.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: restarted
-- repair: person
--: setup
create table visits as select g as id from generate_series(1, 1000) g;
--: control restart
