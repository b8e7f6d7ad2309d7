-- A sequence that may begin anew is near its end.
-- Engine: PostgreSQL; a script of several sessions, run by the game day.
-- kind: decoy
-- looks-like: sequence_near_end
--: client
create sequence turns maxvalue 1000 cycle;
select setval('turns', 995);
