-- Lets autovacuum begin on this table at so many dead rows, beside the share.
-- since: 14
-- timeout: 30s
-- params: none
-- units: rows
-- idents: table, threshold
alter table {table} set (autovacuum_vacuum_threshold = {threshold})
