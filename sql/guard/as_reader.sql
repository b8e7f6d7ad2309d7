-- The rest of the transaction has the right to read every table, and no other.
-- since: 14
-- timeout: 5s
-- params: none
-- units: none
set local role pg_read_all_data
