-- What is wrong now, worst and oldest first?
-- since: 13   timeout: the session's   params: target (null: all)
select body, state, first_seen, last_seen, times_seen, ignore_reason
  from findings
 where state = 'OPEN'
   and (:target::text is null or target_key = :target)
 order by severity_rank desc, first_seen, fingerprint;
