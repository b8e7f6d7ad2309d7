-- What was decided and done since a moment, and by whom?
-- since: 13
-- timeout: 15s
-- params: since timestamptz
-- units: none
select (select count(*) from change_plans where filed_at >= :since) as filed,
       count(*) filter (where state in ('DONE', 'UNDONE')) as done,
       count(*) filter (where state in ('DONE', 'UNDONE') and decided_by = 'policy') as by_policy,
       count(*) filter (where state = 'FAILED') as failed,
       count(*) filter (where state = 'REJECTED') as rejected,
       count(*) filter (where state = 'UNDONE') as undone,
       count(*) filter (where verification like '%"kind":"confirmed"%') as confirmed,
       count(*) filter (where verification like '%"kind":"not_confirmed"%') as not_confirmed,
       (select count(*) from change_plans where state = 'WAITING') as waiting
  from change_plans
 where coalesce(finished_at, decided_at) >= :since;
