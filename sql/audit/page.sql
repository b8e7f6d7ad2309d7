-- What are the next entries of the chain after this one?
-- since: 13
-- timeout: 15s
-- params: after int8, until int8, limit int4
-- units: none
select seq, at, kind, plan_id, actor, body, previous_hash, hash, form, login, key_id, signature
  from audit_chain
 where seq > :after and seq <= :until
 order by seq
 limit :limit;
