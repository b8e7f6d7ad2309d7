-- Which conversation of a person has this id?
-- since: 13
-- timeout: 5s
-- params: id uuid, by text
-- units: none
select id, target_key as target, title, kind, tone, summary, exchanges, started_at, updated_at
  from conversations
 where id = :id
   and asked_by = :by;
