-- Writes the table anew without its free space and builds its indexes again; nobody can use it meanwhile.
-- since: 14
-- timeout: 720min
-- params: none
-- units: none
-- idents: table
vacuum (full, analyze) {table}
