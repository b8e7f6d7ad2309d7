-- Which findings of these kinds are open, the worst first, then those that mending gains most by?
-- since: 13
-- timeout: 15s
-- params: target text, kinds text[], limit int8, offset int8
-- units: none
select body as finding, state, first_seen, last_seen, times_seen, ignore_reason
  from findings
 where state = 'OPEN'
   and target_key = :target
   and kind = any (:kinds)
 order by severity_rank desc, ms_per_hour desc, bytes_freed desc, fingerprint
 limit :limit offset :offset;
