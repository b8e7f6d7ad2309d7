-- Many sessions add to the same counter and queue for its row.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: hot_row
-- repair: person
-- vary: writers 6..12
--: setup
create table counters (id int primary key, hits int);
insert into counters values (1, 0);
--: loop {writers}
begin;
update counters set hits = hits + 1 where id = 1;
select pg_sleep(0.4);
commit;
--: until
select count(*) >= 3 from pg_stat_activity where wait_event_type = 'Lock';
