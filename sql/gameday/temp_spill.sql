-- A report sorts far more than its memory holds, in a loop.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: temporary_files
-- repair: person
-- vary: rows 150000..250000
--: setup
create table sales as select g as id, md5(g::text) as code from generate_series(1, {rows}) g;
analyze sales;
vacuum sales;
--: loop 1
set work_mem = '64kB';
select max(code) from (select code from sales order by code offset 10) s;
--: until
select temp_bytes > 5000000 from pg_stat_database where datname = current_database();
