-- Opens an alert unless it, or another one on the same metric of the target, is there already.
-- since: 13   timeout: the session's   params: one per column
insert into alerts (id, target_key, metric, severity, value, threshold, target, subject, message,
                    opened_at, updated_at, recovered_at, acknowledged_by, handled_by)
values (:id, :target_key, :metric, :severity, :value, :threshold, :target, :subject, :message,
        :opened_at, :updated_at, :recovered_at, :acknowledged_by, :handled_by)
on conflict do nothing;
