-- Which messages are to be sent now, the first due first?
-- since: 13
-- timeout: 15s
-- params: now timestamptz, limit int4
-- units: none
select id, alert_id, channel, act, severity, round, state, created_at, due_at, attempts, ended_at, reason,
       receipt
  from notifications
 where state = 'WAITING' and due_at <= :now
 order by due_at, created_at, id
 limit :limit;
