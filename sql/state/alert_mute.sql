-- Keeps a metric of a target quiet until a moment.
-- since: 13
-- timeout: 15s
-- params: target text, metric text, by text, until timestamptz
-- units: none
insert into alert_mutes (target_key, metric, muted_by, muted_until)
values (:target, :metric, :by, :until)
on conflict (target_key, metric) do update
   set muted_by = excluded.muted_by, muted_until = excluded.muted_until;
