-- Which messages were filed about these alerts, oldest first?
-- since: 13
-- timeout: 15s
-- params: alerts text[]
-- units: none
select id, alert_id, channel, act, severity, round, state, created_at, due_at, attempts, ended_at, reason,
       receipt
  from notifications
 where alert_id = any (:alerts)
 order by created_at, id
 limit 10000;
