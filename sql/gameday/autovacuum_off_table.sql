-- Somebody switched autovacuum off for a table that changes, and forgot it.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: autovacuum_off_for_table
-- repair: asked
-- vary: rows 60000..120000
--: setup
create table sessions with (autovacuum_enabled = off) as
    select g as id, 0 as n, repeat('x', 100) as note from generate_series(1, {rows}) g;
vacuum analyze sessions;
--: client
delete from sessions where id % 2 = 0;
