-- What are the next entries of the chain after this one?
-- since: 13
-- timeout: 15s
-- params: after int8, limit int4
-- units: none
select seq, at, kind, plan_id, actor, body, previous_hash, hash
  from audit_chain
 where seq > :after
 order by seq
 limit :limit;
