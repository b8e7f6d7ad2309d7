-- Keeps what a language model was sent for a question, in place of an earlier round of it.
-- since: 13
-- timeout: 15s
-- params: id uuid, by text, question text, server text, model text, rounds int4, body text, tokens_in int8, tokens_out int8, at timestamptz
-- units: none
insert into model_requests (id, asked_by, question, server, model, rounds, body, tokens_in, tokens_out, sent_at)
values (:id, :by, :question, :server, :model, :rounds, :body, :tokens_in, :tokens_out, :at)
on conflict (id) do update
   set rounds = excluded.rounds, body = excluded.body, tokens_in = excluded.tokens_in,
       tokens_out = excluded.tokens_out, sent_at = excluded.sent_at;
