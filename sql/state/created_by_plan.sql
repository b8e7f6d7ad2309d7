-- What did one plan make, in order?
-- since: 13
-- timeout: 15s
-- params: plan_id uuid
-- units: ttl_seconds s
select project, branch, uid, ttl_seconds, trial
  from created_resources
 where plan_id = :plan_id
 order by recorded_at, uid;
