-- Which tools changed something since a moment, and how often?
-- since: 13
-- timeout: 15s
-- params: since timestamptz
-- units: none
select tool, count(*) as runs
  from change_plans
 where finished_at >= :since
   and state in ('DONE', 'UNDONE', 'FAILED')
 group by tool
 order by runs desc, tool;
