-- Switches autovacuum off for this table.
-- since: 14
-- timeout: 30s
-- params: none
-- units: none
-- idents: table
alter table {table} set (autovacuum_enabled = false)
