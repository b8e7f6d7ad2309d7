-- Did anything happen to any plan since it was asked last? Each change of a plan is an audit entry.
-- since: 13
-- timeout: 5s
-- params: none
-- units: none
select entries from audit_head;
