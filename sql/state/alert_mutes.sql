-- What is muted on this target now, by whom, until when and why?
-- since: 13
-- timeout: 15s
-- params: target text, now timestamptz
-- units: none
select metric, subject, muted_by as by, muted_at as at, muted_until as until, reason
  from alert_mutes
 where target_key = :target and muted_until > :now
 order by muted_until, metric, subject;
