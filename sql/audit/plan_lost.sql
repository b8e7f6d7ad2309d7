-- Which plan was filed, is younger than what the retention job removes, and is not in the table?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select c.seq, c.plan_id
  from audit_chain c
 where c.kind = 'filed'
   and not exists (select from change_plans p where p.id = c.plan_id)
   and exists (select from audit_chain l where l.plan_id = c.plan_id and l.at > now() - interval '90 days')
 order by c.seq
 limit 1;
