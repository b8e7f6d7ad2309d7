-- Keeps the limits of a metric for one branch, or for all servers.
-- since: 13
-- timeout: 15s
-- params: metric text, target text, warning float8, critical float8, open_seconds float8, margin float8, by text, at timestamptz
-- units: warning, critical and margin in the metric's own unit
insert into alert_limits (metric, target_key, warning, critical, open_seconds, margin, changed_by, changed_at)
values (:metric, :target, :warning, :critical, :open_seconds, :margin, :by, :at)
on conflict (metric, target_key) do update
   set warning = excluded.warning, critical = excluded.critical, open_seconds = excluded.open_seconds,
       margin = excluded.margin, changed_by = excluded.changed_by, changed_at = excluded.changed_at;
