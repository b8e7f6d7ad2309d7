-- Removes what language models were sent before a moment, at most so many.
-- since: 13
-- timeout: 15s
-- params: cutoff timestamptz, limit int4
-- units: none
delete from model_requests
 where id in (select id from model_requests where sent_at < :cutoff limit :limit);
