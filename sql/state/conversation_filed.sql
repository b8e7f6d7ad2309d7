-- Remembers the plan that was filed from one of an answer's next steps.
-- since: 13
-- timeout: 15s
-- params: exchange uuid, step text, plan text
-- units: none
update conversation_exchanges
   set filed = (filed::jsonb || jsonb_build_object(:step::text, :plan::text))::text
 where id = :exchange;
