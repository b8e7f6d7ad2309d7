-- Lets autovacuum begin on this table when this share of its rows is dead.
-- since: 14
-- timeout: 30s
-- params: none
-- units: share of the table's rows, 0 to 1
-- idents: table, factor
alter table {table} set (autovacuum_vacuum_scale_factor = {factor})
