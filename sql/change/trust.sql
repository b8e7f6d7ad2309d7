-- How did each kind of act on a server end lately: verified how often since it last failed, and when did it?
-- since: 13
-- timeout: 15s
-- params: target text, since timestamptz
-- units: none
-- What an agent took back did not help; a person may take back what worked, for reasons of his own.
with ended as (
    select body::jsonb ->> 'verb' as verb, coalesce(finished_at, decided_at) as at,
           state = 'FAILED' or verification like '%"kind":"not_confirmed"%'
               or exists (select from change_plans u
                           where u.undo_of = p.id and u.body::jsonb #>> '{proposedBy,kind}' = 'AGENT') as failed,
           state = 'DONE' and verification like '%"kind":"confirmed"%' as helped
      from change_plans p
     where target_key = :target and decided_at > :since and state in ('DONE', 'FAILED', 'UNDONE')
), failures as (
    select verb, max(at) filter (where failed) as failed_at from ended group by verb
)
select verb, f.failed_at,
       (count(*) filter (where helped and (f.failed_at is null or e.at > f.failed_at)))::int4 as verified
  from ended e
  join failures f using (verb)
 group by verb, f.failed_at
 order by verb;
