-- Ends a mute before its time.
-- since: 13
-- timeout: 15s
-- params: target text, metric text, subject text
-- units: none
delete from alert_mutes
 where target_key = :target and metric = :metric and subject = :subject;
