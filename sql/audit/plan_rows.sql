-- How do these plans stand?
-- since: 13
-- timeout: 15s
-- params: ids uuid[]
-- units: none
select id, fingerprint, title, target_key as target, body, risk, risk_level, state, filed_at, decided_by, verification
  from change_plans
 where id = any (:ids::uuid[])
 order by id;
