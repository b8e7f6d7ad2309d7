-- Stores what was measured after a plan ran.
-- since: 13
-- timeout: 15s
-- params: id uuid, verification text
-- units: none
update change_plans set verification = :verification where id = :id;
