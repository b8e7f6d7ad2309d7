-- When did the last alert of each metric and object of this target end?
-- since: 13
-- timeout: 15s
-- params: target text, since timestamptz
-- units: none
select metric, subject, max(recovered_at) as at
  from alerts
 where target_key = :target and recovered_at > :since
 group by metric, subject
 limit 1000;
