-- Files a plan unless the same one is open already.
-- since: 13
-- timeout: 15s
-- params: id uuid, fingerprint text, target text, tool text, title text, finding text, alert text, body text, risk text, risk_level text, filed_at timestamptz, expires_at timestamptz
-- units: none
insert into change_plans (id, fingerprint, target_key, tool, title, finding_fingerprint, alert_id,
                          body, risk, risk_level, state, filed_at, expires_at)
values (:id, :fingerprint, :target, :tool, :title, :finding, :alert,
        :body, :risk, :risk_level, 'WAITING', :filed_at, :expires_at)
on conflict do nothing;
