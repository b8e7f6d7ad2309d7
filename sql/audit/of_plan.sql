-- What does the chain say about one plan, of one kind? Oldest first.
-- since: 13
-- timeout: 15s
-- params: plan_id uuid, kind text
-- units: none
select seq, at, kind, plan_id, actor, body, previous_hash, hash, form, login, key_id, signature
  from audit_chain
 where plan_id = :plan_id
   and kind = :kind
 order by seq;
