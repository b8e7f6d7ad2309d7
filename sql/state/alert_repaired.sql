-- An agent's verified repair ended this alert, or will; the first repair to say so stays.
-- since: 13
-- timeout: 15s
-- params: plan text, id text
-- units: none
update alerts
   set handled_by = coalesce(handled_by, :plan)
 where id = :id;
