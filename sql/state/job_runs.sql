-- How did the jobs go, newest first?
-- since: 13
-- timeout: 15s
-- params: job text, limit int4
-- units: none
select id, job, trigger, state, started_at, ended_at, runner, log
  from job_runs
 where :job::text is null or job = :job
 order by started_at desc, id
 limit :limit;
