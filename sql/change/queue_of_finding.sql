-- Which plans were filed for a finding, newest first? Without bodies.
-- since: 13
-- timeout: 15s
-- params: finding text, limit int4
-- units: none
select id, target_key as target, title, tool, risk_level as risk, state, filed_at, expires_at, decided_by,
       decided_at, reason, verification, finished_at
  from change_plans
 where finding_fingerprint = :finding
 order by filed_at desc, id
 limit :limit;
