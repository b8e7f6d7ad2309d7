-- The only autovacuum worker crawls through one table while another one fills with dead rows.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: autovacuum_starved
-- repair: itself
-- settings: autovacuum_max_workers=1, autovacuum_naptime=1s, autovacuum_vacuum_cost_delay=100ms, autovacuum_vacuum_cost_limit=1
-- vary: rows 40000..70000
--: setup
create table big as select g as id, repeat('x', 200) as note from generate_series(1, 60000) g;
create table busy with (autovacuum_vacuum_threshold = 1000000000, autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 1000000000) as
    select g as id, 0 as n from generate_series(1, {rows}) g;
vacuum analyze busy;
--: setup until
select count(*) = 1 from pg_stat_activity where backend_type = 'autovacuum worker' and query like '%big%';
--: client
update busy set n = n + 1 where id % 2 = 0;
