-- Puts tenant policies on one table, in force for its owner too.
-- since: 16
-- timeout: 30s
-- params: schema_name text, table_name text, column_name text, mode text, setting text, owner_name text, role_names text[]
-- units: none
select pg_temp.lakebaseops_isolate(:schema_name, :table_name, :column_name, :mode, :setting, :owner_name, :role_names)
