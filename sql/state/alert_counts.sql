-- How many alerts of each metric began since a moment?
-- since: 13
-- timeout: 15s
-- params: target text, since timestamptz
-- units: none
select metric, count(*) as alerts
  from alerts
 where opened_at >= :since
   and (:target::text is null or target_key = :target)
 group by metric;
