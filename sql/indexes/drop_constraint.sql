-- Drops a constraint together with its index.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
-- idents: table, constraint
alter table {table} drop constraint {constraint}
