-- Which plans of one kind were carried out on a target since a moment, on what, oldest first?
-- since: 13
-- timeout: 15s
-- params: target text, verbs text[], since timestamptz
-- units: none
select body::jsonb ->> 'verb' as verb, body::jsonb ->> 'subject' as subject, decided_at as at
  from change_plans
 where target_key = :target
   and decided_at > :since
   and state in ('RUNNING', 'DONE', 'FAILED', 'UNDOING')
   and body::jsonb ->> 'verb' = any (:verbs)
 order by decided_at
 limit 1000;
