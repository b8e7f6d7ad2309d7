-- Takes the mapping of roles to tenants away again.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
drop table lakebaseops_rls.tenant_roles
