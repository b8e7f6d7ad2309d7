-- Which plans wait on this server? Locked, so that nobody decides about them meanwhile.
-- since: 13
-- timeout: 15s
-- params: target text
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where state = 'WAITING'
   and target_key = :target
 order by id
   for update skip locked;
