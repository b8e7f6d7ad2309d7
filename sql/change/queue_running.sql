-- Which plans are being carried out, by whichever process? Without bodies.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select id, target_key as target, title, tool, risk_level as risk, state, filed_at, expires_at, decided_by,
       decided_at, reason, verification, finished_at, 1 as times
  from change_plans
 where state in ('APPROVED', 'RUNNING', 'UNDOING')
 order by decided_at nulls last, id;
