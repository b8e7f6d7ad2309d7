-- How are these foreign keys defined?
-- since: 15
-- timeout: 30s
-- params: constraint_oids int8[]
-- units: none
select c.oid::int8 as constraint_oid, pg_catalog.pg_get_constraintdef(c.oid) as definition
  from unnest(:constraint_oids) w(oid)
  join pg_catalog.pg_constraint c on c.oid = w.oid::oid
