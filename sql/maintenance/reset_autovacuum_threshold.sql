-- Lets the server's own threshold count for this table again.
-- since: 14
-- timeout: 30s
-- params: none
-- units: none
-- idents: table
alter table {table} reset (autovacuum_vacuum_threshold)
