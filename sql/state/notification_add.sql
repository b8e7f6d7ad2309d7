-- Files a message unless it is filed already.
-- since: 13
-- timeout: 15s
-- params: id uuid, alert text, channel text, act text, severity text, round int4, at timestamptz, due timestamptz
-- units: none
insert into notifications (id, alert_id, channel, act, severity, round, state, created_at, due_at)
select :id, :alert, :channel, :act, :severity, :round, 'WAITING', :at, :due
 where exists (select 1 from alerts where id = :alert)
on conflict do nothing;
