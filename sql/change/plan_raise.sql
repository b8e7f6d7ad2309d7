-- A waiting plan is more dangerous than when it was filed.
-- since: 13
-- timeout: 15s
-- params: id uuid, risk text, risk_level text
-- units: none
update change_plans set risk = :risk, risk_level = :risk_level where id = :id;
