-- Which waiting plans mend the same findings in another way? Locked.
-- since: 13
-- timeout: 15s
-- params: findings text[], works text[]
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where state = 'WAITING'
   and finding_fingerprint = any (:findings)
   and work <> all (:works)
 order by id
   for update;
