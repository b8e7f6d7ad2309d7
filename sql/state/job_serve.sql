-- Claims a scheduled time for one console: no row is written when it was served already.
-- since: 13   timeout: the session's   params: job, fire
insert into job_schedule (job, last_tick) values (:job, :fire)
on conflict (job) do update
   set last_tick = excluded.last_tick, updated_at = now()
 where job_schedule.last_tick is null or job_schedule.last_tick < excluded.last_tick;
