-- Puts extended statistics into the twin's own catalog, in the form the server keeps them in.
-- since: 17
-- timeout: 20s
-- params: schema text, name text, inherited bool, distinct_values bytea, dependencies bytea
-- units: none
-- The types have no input; a cast of the twin's own takes their bytes.
insert into pg_catalog.pg_statistic_ext_data (stxoid, stxdinherit, stxdndistinct, stxddependencies)
select e.oid, :inherited, :distinct_values::bytea::pg_ndistinct, :dependencies::bytea::pg_dependencies
  from pg_catalog.pg_statistic_ext e
  join pg_catalog.pg_namespace n on n.oid = e.stxnamespace
 where n.nspname = :schema and e.stxname = :name
