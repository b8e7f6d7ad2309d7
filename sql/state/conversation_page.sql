-- Which conversations of a person hold all these words, newest first?
-- since: 13
-- timeout: 5s
-- params: by text, words text[], limit int4, offset int8
-- units: none
select id, target_key as target, title, kind, tone, summary, exchanges, started_at, updated_at
  from conversations
 where asked_by = :by
   and (select coalesce(bool_and(strpos(said, word) > 0), true) from unnest(:words::text[]) as word)
 order by updated_at desc, id
 limit :limit offset :offset;
