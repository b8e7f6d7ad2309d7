-- Takes back the limits that were set for one branch, or for all servers.
-- since: 13
-- timeout: 15s
-- params: metric text, target text
-- units: none
delete from alert_limits where metric = :metric and target_key = :target;
