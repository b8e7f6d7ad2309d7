-- Which waiting plans are past their expiry? Locked, so that nobody decides about them meanwhile.
-- since: 13
-- timeout: 15s
-- params: now timestamptz
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner
  from change_plans
 where state = 'WAITING'
   and expires_at <= :now
   for update skip locked;
