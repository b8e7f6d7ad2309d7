-- Which waiting plan would mend each of these findings?
-- since: 13
-- timeout: 15s
-- params: findings text[]
-- units: none
select distinct on (finding_fingerprint) finding_fingerprint, id
  from change_plans
 where state = 'WAITING'
   and finding_fingerprint = any (:findings)
 order by finding_fingerprint, filed_at desc;
