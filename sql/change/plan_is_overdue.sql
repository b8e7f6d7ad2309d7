-- Is there anything to close?
-- since: 13
-- timeout: 15s
-- params: now timestamptz, form int4
-- units: none
select exists (select from change_plans where state = 'WAITING' and expires_at <= :now)
       or exists (select from change_plans where state = 'WAITING' and form < :form) as overdue;
