-- CREATE UNIQUE INDEX CONCURRENTLY failed at duplicates and left its index invalid.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: invalid_index
-- repair: person
--: setup
create table codes as select g / 2 as code from generate_series(1, 2000) g;
--: fails 23505
create unique index concurrently codes_code on codes (code);
