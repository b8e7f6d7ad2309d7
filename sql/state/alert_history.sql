-- Which alerts were there, newest first?
-- since: 13
-- timeout: 15s
-- params: target text, limit int4
-- units: none
select id, target, metric, severity, value, threshold, subject, message, opened_at, updated_at,
       recovered_at, acknowledged_by, handled_by, breached_at, critical_at, returns
  from alerts
 where :target::text is null or target_key = :target
 order by opened_at desc, id
 limit :limit;
