-- Removes alerts that were over before a moment, at most so many.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from alerts
 where id in (select id from alerts where recovered_at < :cutoff limit :limit);
