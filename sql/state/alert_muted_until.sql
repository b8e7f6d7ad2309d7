-- Until when is this metric of this target quiet?
-- since: 13   timeout: the session's   params: target, metric
select muted_until from alert_mutes
 where target_key = :target and metric = :metric and muted_until > now();
