-- Stores who decided what about a plan.
-- since: 13
-- timeout: 15s
-- params: id uuid, state text, by text, at timestamptz, reason text, runner text
-- units: none
update change_plans
   set state = :state, decided_by = :by, decided_at = :at, reason = :reason, runner = :runner
 where id = :id;
