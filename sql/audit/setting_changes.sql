-- Which settings were changed last?
-- since: 13
-- timeout: 15s
-- params: limit int4
-- units: none
select at, actor, body
  from audit_chain
 where kind = 'setting'
 order by seq desc
 limit :limit;
