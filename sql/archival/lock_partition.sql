-- Keeps writers out of a partition while it is compared with the archive; readers go on.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
-- idents: table
lock table {table} in share mode
