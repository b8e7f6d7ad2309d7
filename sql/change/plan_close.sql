-- Stores how a plan ended.
-- since: 13
-- timeout: 15s
-- params: id uuid, state text, at timestamptz, reason text
-- units: none
update change_plans
   set state = :state, finished_at = :at, reason = coalesce(:reason, reason), runner = null
 where id = :id;
