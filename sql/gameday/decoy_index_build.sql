-- An index is being built concurrently: until it is done, it is not valid.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: invalid_index
--: setup
create table letters as select g as id, md5(g::text) as body from generate_series(1, 300000) g;
analyze letters;
--: loop 1
create index concurrently if not exists letters_body on letters (body);
drop index concurrently letters_body;
