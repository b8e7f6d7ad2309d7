-- Lets a role see the rows of one tenant.
-- since: 16
-- timeout: 10s
-- params: schema_name text, role_name text, tenant text
-- units: none
insert into lakebaseops_rls.tenant_roles (schema_name, tenant_role, tenant)
values (:schema_name, pg_catalog.quote_ident(:role_name)::regrole, :tenant)
