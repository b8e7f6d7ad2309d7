-- What is wrong now, worst and oldest first?
-- since: 13
-- timeout: 15s
-- params: target text
-- units: none
select body as finding, state, first_seen, last_seen, times_seen, ignore_reason
  from findings
 where state = 'OPEN'
   and (:target::text is null or target_key = :target)
 order by severity_rank desc, first_seen, fingerprint;
