-- Which plans are being carried out, by whatever process?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where state = 'RUNNING'
 order by decided_at, id;
