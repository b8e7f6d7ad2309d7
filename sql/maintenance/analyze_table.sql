-- Renews the statistics of a table, with all its partitions; reads and writes go on.
-- since: 14
-- timeout: 60min
-- params: none
-- units: none
-- idents: table
analyze {table}
