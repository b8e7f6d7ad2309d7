-- Removes what index analyses came to that nobody repeated since a moment.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from index_summaries
 where target_key in (select target_key from index_summaries where at < :cutoff limit :limit);
