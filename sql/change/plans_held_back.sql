-- Which refusals still hold, newest first?
-- since: 13
-- timeout: 15s
-- params: now timestamptz, target text, limit int4
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where state = 'REJECTED'
   and held_until > :now
   and (:target::text is null or target_key = :target)
 order by decided_at desc
 limit :limit;
