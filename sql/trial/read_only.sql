-- Lets nothing be written in this transaction, whatever functions a statement calls.
-- since: 15
-- timeout: 10s
-- params: none
-- units: none
set transaction read only
