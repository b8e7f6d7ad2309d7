-- Which entries of this kind does the chain hold, oldest first?
-- since: 13
-- timeout: 15s
-- params: kind text
-- units: none
select seq, at, kind, plan_id, actor, body, previous_hash, hash, form, login, key_id, signature
  from audit_chain
 where kind = :kind
 order by seq;
