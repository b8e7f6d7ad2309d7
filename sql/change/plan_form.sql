-- From which canonical text was this plan's fingerprint made?
-- since: 13
-- timeout: 15s
-- params: id uuid
-- units: none
select form from change_plans where id = :id;
