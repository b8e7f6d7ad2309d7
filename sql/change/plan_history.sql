-- Which plans of one server, or of all, were decided or became void, newest first?
-- since: 13
-- timeout: 15s
-- params: target text, limit int4
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where state <> 'WAITING'
   and (:target::text is null or target_key = :target)
 order by coalesce(decided_at, finished_at, filed_at) desc, id
 limit :limit;
