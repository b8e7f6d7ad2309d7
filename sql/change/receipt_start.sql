-- A step begins.
-- since: 13
-- timeout: 15s
-- params: plan_id uuid, phase text, step_no int4, title text, statement text, at timestamptz
-- units: none
insert into receipts (plan_id, phase, step_no, title, statement, started_at, outcome)
values (:plan_id, :phase, :step_no, :title, :statement, :at, 'STARTED')
returning id;
