-- Which plan of ours made the project or branch with this uid?
-- since: 13
-- timeout: 15s
-- params: profile text, uid text
-- units: ttl_seconds s
select plan_id, tool, project, branch, uid, ttl_seconds, trial
  from created_resources
 where profile = :profile
   and uid = :uid;
