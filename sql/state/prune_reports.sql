-- Empties the full outputs of runs that began before a moment: their figures stay.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
update tool_runs
   set report = null
 where id in (select id from tool_runs where started_at < :cutoff and report is not null limit :limit);
