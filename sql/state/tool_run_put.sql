-- Remembers how a tool's run ended.
-- since: 13   timeout: the session's   params: id, tool, target, actor, status, source, findings, plans (JSON list of ids), report (JSON, null), error (null), started_at, duration_ms
insert into tool_runs (id, tool, target_key, actor, status, source, findings, plans, report, error, started_at,
                       duration_ms)
values (:id, :tool, :target, :actor, :status, :source, :findings, :plans, :report, :error, :started_at, :duration_ms)
on conflict (id) do nothing;
