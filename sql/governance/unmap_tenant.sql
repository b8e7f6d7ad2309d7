-- Takes one tenant from a role again.
-- since: 16
-- timeout: 10s
-- params: schema_name text, role_name text, tenant text
-- units: none
delete from lakebaseops_rls.tenant_roles m
 where m.schema_name = :schema_name
   and m.tenant_role = pg_catalog.quote_ident(:role_name)::regrole
   and m.tenant = :tenant
