-- max_wal_size is far too small for what is written: one checkpoint forces the next.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: requested_checkpoints
-- repair: person
-- settings: max_wal_size=32MB, min_wal_size=32MB
--: setup
create unlogged table none (id int);
--: loop 1
select pg_logical_emit_message(false, 'game day', repeat('x', 1000000)) from generate_series(1, 40);
--: until
select num_requested >= 3 from pg_stat_checkpointer;
