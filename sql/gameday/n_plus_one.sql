-- A new release asks for the lines of each order one by one instead of together.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: many_tiny_statements
-- repair: person
-- warm-up: 12
-- vary: clients 2..3
--: setup
create table lines (id int primary key, order_id int);
insert into lines select g, g % 500 from generate_series(1, 5000) g;
create index lines_order on lines (order_id);
analyze lines;
--: setup loop 1
select * from lines where id = 77;
select pg_sleep(0.1);
--: loop {clients}
select * from lines where id = 77;
