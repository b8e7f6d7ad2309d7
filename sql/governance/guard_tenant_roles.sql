-- Puts the mapping under its own policy, for its owner too.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
alter table lakebaseops_rls.tenant_roles enable row level security, force row level security
