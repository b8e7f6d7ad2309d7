-- Which relations do these names mean on the search path? Names that mean none are left out.
-- since: 14
-- timeout: 10s
-- params: names text[]
-- units: none
select n.name, pg_catalog.to_regclass(n.name)::pg_catalog.oid::pg_catalog.int8 as oid
  from pg_catalog.unnest(:names) as n(name)
 where pg_catalog.to_regclass(n.name) is not null
