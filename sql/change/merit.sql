-- What did the agents do on a server since a moment, and what became of what they proposed?
-- since: 13
-- timeout: 15s
-- params: target text, since timestamptz
-- units: plans
select (count(*) filter (where decided_by = 'policy' and state = 'DONE'
                           and verification like '%"kind":"confirmed"%'))::int4 as repaired,
       (count(*) filter (where decided_by <> 'policy' and state in ('RUNNING', 'DONE', 'FAILED', 'UNDONE')))::int4 as accepted,
       (count(*) filter (where state = 'REJECTED'))::int4 as refused
  from change_plans
 where target_key = :target and decided_at > :since;
