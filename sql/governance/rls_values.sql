-- Which tenants cannot be written in the type of a tenant column?
-- since: 16
-- timeout: 10s
-- params: tenants text[], types text[]
-- units: none
select t.tenant, y.type as column_type
  from pg_catalog.unnest(:tenants::text[]) as t (tenant)
 cross join (select distinct u.type from pg_catalog.unnest(:types::text[]) as u (type)) as y
 where not pg_catalog.pg_input_is_valid(t.tenant, y.type)
 order by 1, 2
