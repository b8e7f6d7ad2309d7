-- What does the chain say about these plans?
-- since: 13
-- timeout: 15s
-- params: ids uuid[]
-- units: none
select seq, at, kind, plan_id, actor, body, previous_hash, hash, form, login, key_id, signature
  from audit_chain
 where plan_id = any (:ids::uuid[])
 order by seq;
