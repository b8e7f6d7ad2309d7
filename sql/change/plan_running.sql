-- Which plans are being carried out or undone, by whatever process?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner
  from change_plans
 where state in ('RUNNING', 'UNDOING')
 order by decided_at, id;
