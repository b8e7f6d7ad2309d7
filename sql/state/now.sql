-- What time is it?
-- since: 13
-- timeout: 5s
-- params: none
-- units: none
select clock_timestamp() as now;
