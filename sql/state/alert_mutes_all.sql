-- What is muted on any target now?
-- since: 13
-- timeout: 15s
-- params: now timestamptz
-- units: none
select target_key, metric, subject, muted_by as by, muted_at as at, muted_until as until, reason
  from alert_mutes
 where muted_until > :now
 order by target_key, muted_until, metric, subject;
