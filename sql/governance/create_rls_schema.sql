-- Makes the schema that holds who may see which tenant.
-- since: 16
-- timeout: 10s
-- params: none
-- units: none
create schema lakebaseops_rls
