-- Takes a partition out of its table.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
-- idents: parent, table
alter table {parent} detach partition {table}
