-- Stores how a plan ended, unless another runner has taken it over since.
-- since: 13
-- timeout: 15s
-- params: id uuid, state text, at timestamptz, reason text, runner text
-- units: none
update change_plans
   set state = :state, finished_at = :at, reason = coalesce(:reason::text, reason)
 where id = :id
   and runner is not distinct from :runner::text;
