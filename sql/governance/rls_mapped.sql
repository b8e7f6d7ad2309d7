-- Which roles stand for which tenants in this schema by now?
-- since: 16
-- timeout: 10s
-- params: schema_name text
-- units: none
select r.rolname as role_name, m.tenant
  from lakebaseops_rls.tenant_roles m
  join pg_catalog.pg_roles r on r.oid = m.tenant_role
 where m.schema_name = :schema_name
 order by 1, 2
