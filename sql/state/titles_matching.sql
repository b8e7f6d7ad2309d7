-- Which plans, open findings and open alerts of a target have all these words in their titles? What is
-- still open comes first, then the newest.
-- since: 13
-- timeout: 5s
-- params: target text, words text[], limit int4
-- units: none
with titled as (
    select 'PLAN' as kind, id::text as id, title, lower(state) as detail,
           state in ('WAITING', 'RUNNING') as is_open, coalesce(decided_at, filed_at) as at
      from change_plans
     where target_key = :target
    union all
    select 'FINDING', fingerprint, body::jsonb ->> 'summary', replace(kind, '_', ' '), true, last_seen
      from findings
     where target_key = :target
       and state = 'OPEN'
    union all
    select 'ALERT', metric, message, lower(severity), true, opened_at
      from alerts
     where target_key = :target
       and recovered_at is null
)
select kind, id, title, detail
  from titled
 where (select coalesce(bool_and(strpos(lower(title || ' ' || detail), word) > 0), true)
          from unnest(:words::text[]) as word)
 order by is_open desc, at desc, id
 limit :limit;
