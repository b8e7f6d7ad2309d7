-- Where does the chain end, and which role is asking?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select entries, hash, session_user::text as login from audit_head;
