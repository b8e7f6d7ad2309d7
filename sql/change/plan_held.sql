-- Which of these facts did a person say no to, newest first?
-- since: 13
-- timeout: 15s
-- params: facts text[], now timestamptz
-- units: bytes
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until, facts, bytes_touched, held_severity
  from change_plans
 where facts = any (:facts)
   and state = 'REJECTED'
   and held_until > :now
 order by decided_at desc;
