-- A replication slot whose reader is gone keeps more than a gigabyte of WAL.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: slot_keeps_wal
-- repair: person
-- settings: max_wal_size=8GB
--: admin
select pg_create_physical_replication_slot('game_day', true);
do $$ begin for i in 1..66 loop perform pg_logical_emit_message(true, 'game day', 'x'); commit; perform pg_switch_wal(); end loop; end $$;
