-- Opens an alert unless it, or another one on the same metric of the target, is there already.
-- since: 13
-- timeout: 15s
-- params: id text, target_key text, metric text, severity text, value float8, threshold float8, target text, subject text, message text, opened_at timestamptz, updated_at timestamptz, recovered_at timestamptz, acknowledged_by text, handled_by text, breached_at timestamptz, critical_at timestamptz, returns int4
-- units: none
insert into alerts (id, target_key, metric, severity, value, threshold, target, subject, message,
                    opened_at, updated_at, recovered_at, acknowledged_by, handled_by,
                    breached_at, critical_at, returns)
values (:id, :target_key, :metric, :severity, :value, :threshold, :target, :subject, :message,
        :opened_at, :updated_at, :recovered_at, :acknowledged_by, :handled_by,
        :breached_at, :critical_at, :returns)
on conflict do nothing;
