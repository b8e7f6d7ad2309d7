-- Makes the mapping of roles to tenants; a role renamed keeps its tenant.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
create table lakebaseops_rls.tenant_roles (
    schema_name text not null,
    tenant_role regrole not null,
    tenant text not null,
    primary key (schema_name, tenant_role, tenant))
