-- Takes the schema of the tenant mapping away again.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
drop schema lakebaseops_rls
