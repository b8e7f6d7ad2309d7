-- Builds an index and blocks writes meanwhile; on a partitioned table the only single statement.
-- since: 15
-- timeout: 60min
-- params: none
-- units: none
-- idents: index, table, columns
create index {index} on {table} ({columns})
