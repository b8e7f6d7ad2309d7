-- Which of these plans are open already?
-- since: 13
-- timeout: 15s
-- params: works text[], now timestamptz
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where work = any (:works)
   and (state = 'RUNNING' or state = 'WAITING' and expires_at > :now);
