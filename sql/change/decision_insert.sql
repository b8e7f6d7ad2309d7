-- Remembers one decision about a plan.
-- since: 13
-- timeout: 15s
-- params: plan_id uuid, act text, actor text, actor_kind text, shown text, typed_name text, reason text, at timestamptz
-- units: none
insert into decisions (plan_id, act, actor, actor_kind, shown, typed_name, reason, decided_at)
values (:plan_id, :act, :actor, :actor_kind, :shown, :typed_name, :reason, :at);
