-- Which plans that ran may have made this branch? The newest of them; their steps tell for sure.
-- since: 13
-- timeout: 15s
-- params: branch text
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where state = 'DONE'
   and position('create_branch' in body) > 0
   and position('"' || :branch || '"' in body) > 0
 order by filed_at desc
 limit 50;
