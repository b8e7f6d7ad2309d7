-- A newer plan makes this one void.
-- since: 13
-- timeout: 15s
-- params: id uuid, by_id uuid, at timestamptz, reason text
-- units: none
update change_plans
   set state = 'SUPERSEDED', finished_at = :at, reason = :reason, superseded_by = :by_id
 where id = :id;
