-- Where does the chain end?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select entries, hash from audit_head;
