-- Removes dead rows, freezes every old row version and renews the statistics; reads and writes go on.
-- since: 14
-- timeout: 720min
-- params: none
-- units: none
-- idents: table
vacuum (freeze, analyze) {table}
