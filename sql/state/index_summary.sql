-- What did the last index analysis of a target come to?
-- since: 13
-- timeout: 15s
-- params: target text
-- units: none
select body as summary from index_summaries where target_key = :target;
