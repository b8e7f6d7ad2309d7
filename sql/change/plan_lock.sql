-- How does this plan stand? Nobody else may decide about it until the transaction ends.
-- since: 13
-- timeout: 15s
-- params: id uuid
-- units: none
select id, fingerprint, body, risk, state, filed_at, decided_by, decided_at, reason, verification,
       finished_at, runner, held_until
  from change_plans
 where id = :id
   for update;
