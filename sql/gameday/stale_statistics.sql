-- A load multiplied a table that nobody analyzed since, and its statement got slower.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: stale_statistics
-- repair: itself
-- vary: rows 60000..120000
--: setup
create table events with (autovacuum_enabled = off) as
    select g as id, g % 50 as kind from generate_series(1, 10000) g;
analyze events;
--: setup loop 1
select count(*) from events a join events b on a.id = b.id where a.kind = 51;
select pg_sleep(0.3);
--: setup until
select sum(calls) > 20 from pg_stat_statements where query like '%from events a join events b%';
--: client
insert into events select g, 51 from generate_series(10001, 10000 + {rows}) g;
