-- Which was the last alert of each metric and object of this target that ended?
-- since: 13
-- timeout: 15s
-- params: target text, since timestamptz
-- units: none
select distinct on (metric, subject)
       id, target, metric, severity, value, threshold, subject, message, opened_at, updated_at,
       recovered_at, acknowledged_by, handled_by, breached_at, critical_at, returns
  from alerts
 where target_key = :target and recovered_at > :since
 order by metric, subject, recovered_at desc
 limit 1000;
