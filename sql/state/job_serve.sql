-- Claims a scheduled time for one console: no row is written when it was served already.
-- since: 13
-- timeout: 15s
-- params: job text, fire timestamptz
-- units: none
insert into job_schedule (job, last_tick) values (:job, :fire)
on conflict (job) do update
   set last_tick = excluded.last_tick, updated_at = now()
 where job_schedule.last_tick is null or job_schedule.last_tick < excluded.last_tick;
