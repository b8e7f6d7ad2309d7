-- Lets everyone see only the mapping rows of roles they act as.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
create policy own_rows on lakebaseops_rls.tenant_roles as permissive for select to public
    using (pg_catalog.pg_has_role(tenant_role, 'USAGE'))
