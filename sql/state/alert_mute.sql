-- Keeps a metric of one object quiet until a moment.
-- since: 13
-- timeout: 15s
-- params: target text, metric text, subject text, by text, at timestamptz, until timestamptz, reason text
-- units: none
insert into alert_mutes (target_key, metric, subject, muted_by, muted_at, muted_until, reason)
values (:target, :metric, :subject, :by, :at, :until, :reason)
on conflict (target_key, metric, subject) do update
   set muted_by = excluded.muted_by, muted_at = excluded.muted_at,
       muted_until = excluded.muted_until, reason = excluded.reason;
