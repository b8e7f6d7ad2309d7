-- Which alerts are on or ended lately, so that somebody may have to be told?
-- since: 13
-- timeout: 15s
-- params: since timestamptz, limit int4
-- units: none
select id, target, metric, severity, value, threshold, subject, message, opened_at, updated_at,
       recovered_at, acknowledged_by, handled_by, breached_at, critical_at, returns
  from alerts
 where recovered_at is null or recovered_at > :since
 order by recovered_at is null desc, opened_at desc
 limit :limit;
