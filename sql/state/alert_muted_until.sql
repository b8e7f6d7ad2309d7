-- Until when is this metric of this target quiet?
-- since: 13
-- timeout: 15s
-- params: target text, metric text
-- units: none
select muted_until from alert_mutes
 where target_key = :target and metric = :metric and muted_until > now();
