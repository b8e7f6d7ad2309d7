-- Lets autovacuum begin on this table as the server's own setting says.
-- since: 14
-- timeout: 30s
-- params: none
-- units: none
-- idents: table
alter table {table} reset (autovacuum_vacuum_scale_factor)
