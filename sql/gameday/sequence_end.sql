-- The key of a table is about to run out of numbers.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: fault
-- expect: sequence_near_end
-- repair: person
-- vary: used 2000000000..2140000000
--: setup
create table tickets (id serial primary key);
--: client
select setval('tickets_id_seq', {used});
