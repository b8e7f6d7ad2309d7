-- The rows that are asked for no longer fit into shared memory.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: cache_too_small
-- repair: person
-- warm-up: 615
-- settings: shared_buffers=16MB
-- patience: 120
--: setup
create table items as select g as id, repeat(md5(g::text), 6) as payload from generate_series(1, 400000) g;
alter table items add primary key (id);
vacuum analyze items;
--: loop 2
select count(payload) from items where id in (select (random() * 400000)::int from generate_series(1, 300));
