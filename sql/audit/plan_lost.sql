-- Which plan was filed, is not in the table, and cannot have been removed for its age? What is told about it after its end may be ten days younger.
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select c.seq, c.plan_id
  from audit_chain c
 where c.kind = 'filed'
   and not exists (select from change_plans p where p.id = c.plan_id)
   and exists (select from audit_chain l where l.plan_id = c.plan_id and l.at > now() - interval '80 days')
 order by c.seq
 limit 1;
