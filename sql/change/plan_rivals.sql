-- Which waiting plans mend the same finding in another way? Locked.
-- since: 13
-- timeout: 15s
-- params: finding text, fingerprint text
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner
  from change_plans
 where state = 'WAITING'
   and finding_fingerprint = :finding
   and fingerprint <> :fingerprint
   for update;
