-- Which plans wait for a decision, riskiest first and then those that expire first? Without bodies.
-- since: 13
-- timeout: 15s
-- params: target text, limit int4
-- units: none
select id, target_key as target, title, tool, risk_level as risk, state, filed_at, expires_at, decided_by,
       decided_at, reason, verification, finished_at, 1 as times
  from change_plans
 where state = 'WAITING'
   and (:target::text is null or target_key = :target)
 order by array_position(array['HIGH', 'MEDIUM', 'LOW'], risk_level), expires_at, id
 limit :limit;
