-- What did each step of a plan come to?
-- since: 13
-- timeout: 15s
-- params: plan_id uuid
-- units: ms
select plan_id, phase, step_no as step, title, statement, started_at,
       duration_ms * interval '1 millisecond' as duration, row_count as rows, outcome, error, trace,
       coalesce(waited_ms, 0) * interval '1 millisecond' as waited
  from receipts
 where plan_id = :plan_id
 order by id;
