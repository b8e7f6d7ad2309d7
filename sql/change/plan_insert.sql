-- Files a plan unless the same one is open already.
-- since: 13
-- timeout: 15s
-- params: id uuid, fingerprint text, form int4, work text, facts text, bytes int8, undo_of uuid, target text, tool text, title text, finding text, alert text, body text, risk text, risk_level text, filed_at timestamptz, expires_at timestamptz
-- units: bytes
insert into change_plans (id, fingerprint, form, work, facts, bytes_touched, undo_of, target_key, tool, title,
                          finding_fingerprint, alert_id, body, risk, risk_level, state, filed_at, expires_at)
values (:id, :fingerprint, :form, :work, :facts, :bytes, :undo_of, :target, :tool, :title,
        :finding, :alert, :body, :risk, :risk_level, 'WAITING', :filed_at, :expires_at)
on conflict do nothing;
