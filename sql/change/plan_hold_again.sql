-- Takes back that a refusal was ended: the plan is held back again until its date.
-- since: 13
-- timeout: 15s
-- params: id uuid, until timestamptz
-- units: none
update change_plans
   set held_until = :until
 where id = :id
   and state = 'REJECTED'
   and held_until is null;
