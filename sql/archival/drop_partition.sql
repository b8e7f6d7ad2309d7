-- Drops a detached partition.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
-- idents: table
drop table {table}
