-- Makes somebody else the one who did what the third entry says.
-- since: 13
-- timeout: 5s
-- params: actor text, was text
-- units: none
update audit_chain set actor = :actor where seq = 3 and actor = :was
