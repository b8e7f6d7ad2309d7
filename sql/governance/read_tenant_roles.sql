-- Policies are read with the rights of whoever asks: everyone must be able to look at own rows.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
grant select on lakebaseops_rls.tenant_roles to public
