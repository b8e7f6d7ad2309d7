-- To which plans and alerts are the answers of a conversation pinned?
-- since: 13
-- timeout: 5s
-- params: conversation uuid
-- units: none
select p.exchange_id, p.item_kind, p.item_id, p.pinned_by, p.pinned_at
  from answer_pins p
  join conversation_exchanges e on e.id = p.exchange_id
 where e.conversation_id = :conversation
 order by p.pinned_at;
