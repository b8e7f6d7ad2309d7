-- Removes the entries up to this one; the table allows it only when they are older than a year and an entry says so.
-- since: 13
-- timeout: 15s
-- params: last int8
-- units: none
delete from audit_chain where seq <= :last;
