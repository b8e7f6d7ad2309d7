-- Which steps of these plans ended, and how?
-- since: 13
-- timeout: 15s
-- params: ids uuid[]
-- units: none
select plan_id, phase, step_no as step, outcome, duration_ms as millis, row_count as rows, error
  from receipts
 where plan_id = any (:ids::uuid[])
   and outcome <> 'STARTED'
 order by id;
