-- Moves the end of the chain on by one entry.
-- since: 13
-- timeout: 15s
-- params: seq int8, hash text
-- units: none
update audit_head set entries = :seq, hash = :hash where entries = :seq - 1;
