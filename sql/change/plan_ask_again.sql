-- Ends a refusal before its time: what the plan was about may be proposed again.
-- since: 13
-- timeout: 15s
-- params: id uuid
-- units: none
update change_plans
   set held_until = null
 where id = :id
   and state = 'REJECTED'
   and held_until is not null;
