-- Which jobs are paused, and which scheduled time did each serve last?
-- since: 13   timeout: the session's
select job, paused, last_tick
  from job_schedule;
