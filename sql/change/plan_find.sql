-- How does this plan stand?
-- since: 13
-- timeout: 15s
-- params: id uuid
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where id = :id;
