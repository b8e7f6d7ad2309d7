-- A load has just ended; autovacuum analyzes the table at its next round.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: stale_statistics
-- vary: rows 60000..100000
--: setup
create table imports (id int, note text);
--: client
insert into imports select g, 'row ' || g from generate_series(1, {rows}) g;
