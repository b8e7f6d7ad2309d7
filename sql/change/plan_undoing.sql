-- A done plan is being taken back.
-- since: 13
-- timeout: 15s
-- params: id uuid, runner text
-- units: none
update change_plans set state = 'UNDOING', runner = :runner where id = :id;
