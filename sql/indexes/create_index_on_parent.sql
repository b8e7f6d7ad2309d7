-- Makes the partitioned table's own entry, without touching its partitions; invalid until all are attached.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
-- idents: index, table, columns
create index {index} on only {table} ({columns})
