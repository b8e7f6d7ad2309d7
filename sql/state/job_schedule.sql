-- Which jobs are paused, and which scheduled time did each serve last?
-- since: 13
-- timeout: 15s
-- params: none
-- units: none
select job, paused, last_tick as served
  from job_schedule;
