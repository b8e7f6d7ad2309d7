-- Which plans wait for a decision, riskiest and oldest first?
-- since: 13
-- timeout: 15s
-- params: offset int4, limit int4
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where state = 'WAITING'
 order by array_position(array['HIGH', 'MEDIUM', 'LOW'], risk_level), filed_at, id
offset :offset limit :limit;
