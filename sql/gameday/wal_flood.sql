-- A job writes many times the WAL that is usual here.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: wal_flood
-- repair: person
-- warm-up: 240
--: setup loop 1
select pg_logical_emit_message(false, 'usual', repeat('x', 1000));
select pg_sleep(0.5);
--: loop 1
select pg_logical_emit_message(false, 'game day', repeat('x', 1000000)) from generate_series(1, 20);
select pg_sleep(0.2);
