-- Pauses a job or lets it go on.
-- since: 13
-- timeout: 15s
-- params: job text, paused bool, by text
-- units: none
insert into job_schedule (job, paused, paused_by) values (:job, :paused, :by)
on conflict (job) do update
   set paused = excluded.paused, paused_by = excluded.paused_by, updated_at = now();
