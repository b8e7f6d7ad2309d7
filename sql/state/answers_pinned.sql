-- Which answers are pinned to a plan or an alert, newest first?
-- since: 13
-- timeout: 5s
-- params: kind text, item text, limit int4
-- units: none
select e.id, e.conversation_id, e.question, e.answer, p.pinned_by, p.pinned_at
  from answer_pins p
  join conversation_exchanges e on e.id = p.exchange_id
 where p.item_kind = :kind
   and p.item_id = :item
 order by p.pinned_at desc
 limit :limit;
