-- What did each step of a plan come to?
-- since: 13
-- timeout: 15s
-- params: plan_id uuid
-- units: ms
select plan_id, phase, step_no, title, statement, started_at, duration_ms, waited_ms, row_count, outcome,
       error, trace
  from receipts
 where plan_id = :plan_id
 order by id;
