-- A change of a table waits for its lock behind a reader, and everybody else waits behind the change.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: ddl_waits_in_queue
-- repair: person
-- vary: readers 1..4
--: setup
create table catalog (id int primary key, title text);
insert into catalog select g, 'title ' || g from generate_series(1, 1000) g;
--: hold
begin;
select count(*) from catalog;
--: run 1
alter table catalog add column subtitle text;
--: until
select count(*) = 1 from pg_locks where relation = 'catalog'::regclass and mode = 'AccessExclusiveLock' and not granted;
--: run {readers}
select count(*) from catalog;
--: until
select count(*) >= 1 + {readers} from pg_stat_activity where wait_event_type = 'Lock';
