-- Builds an index without blocking writes.
-- since: 15
-- timeout: 60min
-- params: none
-- units: none
-- idents: index, table, columns
create index concurrently {index} on {table} ({columns})
