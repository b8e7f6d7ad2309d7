-- Removes runs of tools that began before a moment, at most so many.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from tool_runs
 where id in (select id from tool_runs where started_at < :cutoff order by started_at limit :limit);
