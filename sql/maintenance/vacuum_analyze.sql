-- Removes dead rows and renews the statistics; reads and writes go on.
-- since: 14
-- timeout: 60min
-- params: none
-- units: none
-- idents: table
vacuum (analyze) {table}
