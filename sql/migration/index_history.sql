-- Lets failed migrations be found among many.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
-- idents: index, table
create index {index} on {table} (success)
