-- Removes mutes that ended before a moment, at most so many.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from alert_mutes
 where ctid in (select ctid from alert_mutes where muted_until < :cutoff limit :limit);
