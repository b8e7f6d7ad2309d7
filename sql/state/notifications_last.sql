-- What became of the last message to each channel that was tried?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select distinct on (channel) channel, state, coalesce(ended_at, due_at) as at, reason
  from notifications
 where state in ('SENT', 'FAILED') or (state = 'WAITING' and attempts > 0)
 order by channel, coalesce(ended_at, due_at) desc;
