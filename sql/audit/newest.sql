-- What was done last?
-- since: 13
-- timeout: 15s
-- params: limit int4
-- units: none
select seq, at, kind, plan_id, actor, body, previous_hash, hash, form, login, key_id, signature
  from audit_chain
 order by seq desc
 limit :limit;
