-- How would someone with all rights get at the audit chain? By switching its guard off first.
-- since: 13
-- timeout: 5s
-- params: none
-- units: none
alter table audit_chain disable trigger audit_chain_append_only
