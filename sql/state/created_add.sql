-- Remembers a project or branch that a plan of ours made.
-- since: 13
-- timeout: 15s
-- params: profile text, uid text, project text, branch text, ttl_seconds int8, trial bool, plan_id uuid, tool text, recorded_at timestamptz
-- units: ttl_seconds s
insert into created_resources
       (profile, uid, project, branch, ttl_seconds, trial, plan_id, tool, recorded_at)
values (:profile, :uid, :project, :branch, :ttl_seconds, :trial, :plan_id, :tool, :recorded_at)
on conflict (profile, uid) do nothing;
