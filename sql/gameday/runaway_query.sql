-- One report without a join condition runs and runs.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: runaway_statement
-- repair: person
--: setup
create table visits as select g as id, g % 1000 as page from generate_series(1, 20000) g;
analyze visits;
--: run 1
select count(*) from visits a, visits b, visits c where a.page + b.page = c.page + 1;
