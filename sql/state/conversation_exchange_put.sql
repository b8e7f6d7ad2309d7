-- Keeps a question with its answer, in place of an earlier answer to the same question.
-- since: 13
-- timeout: 15s
-- params: id uuid, conversation uuid, number int4, question text, sql bool, at timestamptz, said text, answer text
-- units: none
insert into conversation_exchanges (id, conversation_id, number, question, own_sql, asked_at, said, answer)
values (:id, :conversation, :number, :question, :sql, :at, :said, :answer)
on conflict (id) do update
   set question = excluded.question, asked_at = excluded.asked_at, said = excluded.said,
       answer = excluded.answer, filed = '{}';
