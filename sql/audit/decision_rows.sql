-- What was decided about these plans?
-- since: 13
-- timeout: 15s
-- params: ids uuid[]
-- units: none
select plan_id, act, actor, actor_kind, reason
  from decisions
 where plan_id = any (:ids::uuid[])
 order by id;
