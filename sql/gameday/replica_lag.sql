-- A standby stops replaying while this server goes on writing.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: replica_lag
-- repair: person
-- needs: standby
-- patience: 90
--: setup
create table ticks (id int);
--: standby
select pg_wal_replay_pause();
--: loop 1
insert into ticks values (1);
select pg_sleep(0.2);
