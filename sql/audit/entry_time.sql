-- When was this entry written?
-- since: 13
-- timeout: 15s
-- params: seq int8
-- units: none
select at from audit_chain where seq = :seq;
