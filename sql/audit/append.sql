-- Adds entries at the end of the chain.
-- since: 13
-- timeout: 15s
-- params: at timestamptz, form int2, login text, key_id text, seqs text[], kinds text[], plan_ids text[], actors text[], bodies text[], previous_hashes text[], hashes text[], signatures text[]
-- units: none
insert into audit_chain (seq, at, kind, plan_id, actor, body, previous_hash, hash, form, login, key_id, signature)
select e.seq::int8, :at, e.kind, e.plan_id::uuid, e.actor, e.body, e.previous_hash, e.hash, :form, :login, :key_id,
       e.signature
  from unnest(:seqs::text[], :kinds::text[], :plan_ids::text[], :actors::text[], :bodies::text[],
              :previous_hashes::text[], :hashes::text[], :signatures::text[])
       as e (seq, kind, plan_id, actor, body, previous_hash, hash, signature);
