-- Every request looks for one customer in a table that has no index for it.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: missing_index
-- repair: person
-- vary: rows 120000..250000, clients 1..2
--: setup
create table customers as select g as id, 'user' || g || '@example.org' as email from generate_series(1, {rows}) g;
analyze customers;
vacuum customers;
--: loop {clients}
select * from customers where email = 'user77@example.org';
--: until
select seq_scan >= 3 from pg_stat_user_tables where relname = 'customers';
