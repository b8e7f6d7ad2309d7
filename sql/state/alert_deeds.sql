-- Which plans were made for this alert, newest first?
-- since: 13
-- timeout: 15s
-- params: alert text
-- units: none
select title, state, decided_by
  from change_plans
 where alert_id = :alert and state <> 'SUPERSEDED'
 order by filed_at desc
 limit 5;
