-- Which carried-out plans still lack a verdict on their effect?
-- since: 13
-- timeout: 15s
-- params: since timestamptz
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where state = 'DONE'
   and finished_at >= :since
   and (verification is null or verification like '%"kind":"inconclusive"%')
 order by finished_at, id;
