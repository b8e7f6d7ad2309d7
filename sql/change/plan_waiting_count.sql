-- How many plans wait?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select count(*) as waiting from change_plans where state = 'WAITING';
