-- How many plans wait for a decision, by server and risk?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select target_key as target, risk_level as risk, count(*) as plans
  from change_plans
 where state = 'WAITING'
 group by target_key, risk_level;
