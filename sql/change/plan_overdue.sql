-- Which waiting plans are past their expiry, or filed by a version whose fingerprints are read no more?
-- Locked, so that nobody decides about them meanwhile.
-- since: 13
-- timeout: 15s
-- params: now timestamptz, form int4
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where state = 'WAITING'
   and (expires_at <= :now or form < :form)
   for update skip locked;
