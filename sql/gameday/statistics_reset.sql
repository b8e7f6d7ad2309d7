-- Somebody reset the statistics of the database; counters begin anew.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: statistics_reset
-- repair: person
-- warm-up: 65
--: setup
create table visits as select g as id from generate_series(1, 1000) g;
--: admin
select pg_stat_reset();
