-- What became of the last message of each channel that was tried?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select distinct on (channel)
       id, alert_id, channel, act, severity, round, state, created_at, due_at, attempts, ended_at, reason,
       receipt
  from notifications
 where attempts > 0
 order by channel, created_at desc;
