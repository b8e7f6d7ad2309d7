-- What was a language model sent for a person's questions, the last first?
-- since: 13
-- timeout: 5s
-- params: by text, limit int4
-- units: none
select id, asked_by, question, server, model, rounds, body, tokens_in, tokens_out, sent_at
  from model_requests
 where asked_by = :by
 order by sent_at desc
 limit :limit;
