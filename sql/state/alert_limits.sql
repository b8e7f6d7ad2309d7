-- Which limits of alerts did people change?
-- since: 13
-- timeout: 15s
-- params: none
-- units: warning, critical and margin in the metric's own unit
select metric, target_key as target, warning, critical, open_seconds, margin, changed_by as by, changed_at as at
  from alert_limits
 order by metric, target_key;
