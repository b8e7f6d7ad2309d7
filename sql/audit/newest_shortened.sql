-- Which entry says last that older ones were removed?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select seq, at, kind, plan_id, actor, body, previous_hash, hash, form, login, key_id, signature
  from audit_chain
 where kind = 'shortened'
 order by seq desc
 limit 1;
