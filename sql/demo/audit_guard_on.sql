-- Puts the guard of the audit chain back.
-- since: 13
-- timeout: 5s
-- params: none
-- units: none
alter table audit_chain enable trigger audit_chain_append_only
