-- Remembers how a tool's run ended.
-- since: 13
-- timeout: 15s
-- params: id uuid, tool text, target text, actor text, status text, source text, findings int4, plans text, report text, error text, started_at timestamptz, duration_ms int8
-- units: ms
insert into tool_runs (id, tool, target_key, actor, status, source, findings, plans, report, error, started_at,
                       duration_ms)
values (:id, :tool, :target, :actor, :status, :source, :findings, :plans, :report, :error, :started_at, :duration_ms)
on conflict (id) do nothing;
