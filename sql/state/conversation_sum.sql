-- Brings the line of a conversation up to its last exchange, and what the search looks in.
-- since: 13
-- timeout: 15s
-- params: id uuid, kind text, tone text, summary text, at timestamptz
-- units: none
update conversations c
   set kind = :kind, tone = :tone, summary = :summary, updated_at = :at,
       exchanges = e.number, said = e.said
  from (select count(*)::int as number, left(string_agg(lower(said), ' ' order by number), 20000) as said
          from conversation_exchanges
         where conversation_id = :id) e
 where c.id = :id;
