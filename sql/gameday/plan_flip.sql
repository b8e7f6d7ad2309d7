-- The statistics of a column are lost; a statement that read ten rows by an index now walks the whole table.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: plan_flip
-- repair: person
-- vary: rows 150000..300000
-- warm-up: 30
--: setup
create table orders with (autovacuum_enabled = off) as
    select g as id, g as placed, repeat('x', 60) as note from generate_series(1, {rows}) g;
alter table orders add primary key (id);
create index orders_placed on orders (placed);
vacuum analyze orders;
--: setup loop 1
select note from orders where placed > {rows} - 10 order by id limit 1;
select pg_sleep(0.02);
--: setup until
select sum(calls) >= 40 from pg_stat_statements where query like '%from orders where placed >%';
--: admin
delete from pg_statistic where starelid = 'orders'::regclass and staattnum = 2;
alter table orders alter column placed set statistics 0;
