-- Which alerts are on, worst and oldest first?
-- since: 13
-- timeout: 15s
-- params: target text, metric text
-- units: none
select id, target, metric, severity, value, threshold, subject, message, opened_at, updated_at,
       recovered_at, acknowledged_by, handled_by, breached_at, critical_at, returns
  from alerts
 where recovered_at is null
   and (:target::text is null or target_key = :target)
   and (:metric::text is null or metric = :metric)
 order by severity = 'CRITICAL' desc, opened_at, id;
