-- How does this finding stand?
-- since: 13
-- timeout: 15s
-- params: fingerprint text
-- units: none
select body as finding, state, first_seen, last_seen, times_seen, ignore_reason
  from findings
 where fingerprint = :fingerprint;
