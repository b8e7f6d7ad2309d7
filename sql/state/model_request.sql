-- What was a language model sent for one answer?
-- since: 13
-- timeout: 5s
-- params: id uuid
-- units: none
select id, asked_by, question, server, model, rounds, body, tokens_in, tokens_out, sent_at
  from model_requests
 where id = :id;
