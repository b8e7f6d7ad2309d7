-- Removes conversations nobody continued since a moment, at most so many. Kept: those with an answer pinned to a
-- plan or an alert that is still there.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from conversations
 where id in (
       select c.id
         from conversations c
        where c.updated_at < :cutoff
          and not exists (
              select from answer_pins p
                join conversation_exchanges e on e.id = p.exchange_id
               where e.conversation_id = c.id
                 and (p.item_kind = 'PLAN' and exists (select from change_plans g where g.id::text = p.item_id)
                      or p.item_kind = 'ALERT' and exists (select from alerts a where a.id = p.item_id)))
        limit :limit);
