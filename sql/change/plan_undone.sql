-- Another plan took this one back.
-- since: 13
-- timeout: 15s
-- params: id uuid
-- units: none
update change_plans set state = 'UNDONE' where id = :id and state in ('DONE', 'FAILED');
