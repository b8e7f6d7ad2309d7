-- Adds one entry at the end of the chain.
-- since: 13
-- timeout: 15s
-- params: seq int8, at timestamptz, kind text, plan_id uuid, actor text, body text, previous_hash text, hash text, form int2, login text, key_id text, signature text
-- units: none
insert into audit_chain (seq, at, kind, plan_id, actor, body, previous_hash, hash, form, login, key_id, signature)
values (:seq, :at, :kind, :plan_id, :actor, :body, :previous_hash, :hash, :form, :login, :key_id, :signature);
