-- How did the tools' runs go, newest first?
-- since: 13
-- timeout: 15s
-- params: tool text, limit int4
-- units: ms
select id, tool, target_key as target, actor, status, source, findings, plans, report, error, started_at,
       coalesce(duration_ms, 0) as duration_millis
  from tool_runs
 where :tool::text is null or tool = :tool
 order by started_at desc, id
 limit :limit;
