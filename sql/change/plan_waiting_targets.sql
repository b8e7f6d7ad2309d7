-- On which servers do plans wait?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select distinct target_key from change_plans where state = 'WAITING' order by target_key;
