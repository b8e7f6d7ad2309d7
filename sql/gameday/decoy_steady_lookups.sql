-- A busy application looks up rows by their key, as fast as it always does.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: many_tiny_statements
-- warm-up: 20
--: setup
create table products (id int primary key, title text);
insert into products select g, 'title ' || g from generate_series(1, 5000) g;
analyze products;
--: setup loop 2
select * from products where id = 77;
--: client
select 1;
