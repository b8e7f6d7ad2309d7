-- Moves the end of the chain on to its last entry, from where it was.
-- since: 13
-- timeout: 15s
-- params: before int8, seq int8, hash text
-- units: none
update audit_head set entries = :seq, hash = :hash where entries = :before;
