-- What was asked and answered in a conversation, the last so many in the order they were asked?
-- since: 13
-- timeout: 5s
-- params: conversation uuid, limit int4
-- units: none
select id, number, question, own_sql, asked_at, answer, filed
  from (select * from conversation_exchanges
         where conversation_id = :conversation
         order by number desc
         limit :limit) last
 order by number;
