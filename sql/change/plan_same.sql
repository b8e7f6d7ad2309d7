-- Is the same plan open already?
-- since: 13
-- timeout: 15s
-- params: fingerprint text
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner
  from change_plans
 where fingerprint = :fingerprint
   and state in ('WAITING', 'APPROVED', 'RUNNING', 'UNDOING');
