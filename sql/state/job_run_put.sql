-- Remembers a job's run, or how it ended.
-- since: 13
-- timeout: 15s
-- params: id uuid, job text, trigger text, state text, started_at timestamptz, ended_at timestamptz, runner text, log text
-- units: none
insert into job_runs (id, job, trigger, state, started_at, ended_at, runner, log)
values (:id, :job, :trigger, :state, :started_at, :ended_at, :runner, :log)
on conflict (id) do update
   set state = excluded.state, ended_at = excluded.ended_at, log = excluded.log
 where job_runs.ended_at is null;
