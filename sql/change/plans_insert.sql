-- Files plans, each unless the same one is open already; says which it filed.
-- since: 13
-- timeout: 15s
-- params: form int4, filed_at timestamptz, ids text[], fingerprints text[], works text[], facts text[], bytes text[], undos_of text[], targets text[], tools text[], titles text[], findings text[], alerts text[], bodies text[], risks text[], risk_levels text[], expiries text[]
-- units: bytes
insert into change_plans (id, fingerprint, form, work, facts, bytes_touched, undo_of, target_key, tool, title,
                          finding_fingerprint, alert_id, body, risk, risk_level, state, filed_at, expires_at)
select p.id::uuid, p.fingerprint, :form, p.work, p.facts, p.bytes::int8, p.undo_of::uuid, p.target, p.tool, p.title,
       p.finding, p.alert, p.body, p.risk, p.risk_level, 'WAITING', :filed_at, p.expires_at::timestamptz
  from unnest(:ids::text[], :fingerprints::text[], :works::text[], :facts::text[], :bytes::text[], :undos_of::text[],
              :targets::text[], :tools::text[], :titles::text[], :findings::text[], :alerts::text[], :bodies::text[],
              :risks::text[], :risk_levels::text[], :expiries::text[])
       as p (id, fingerprint, work, facts, bytes, undo_of, target, tool, title, finding, alert, body, risk,
             risk_level, expires_at)
on conflict do nothing
returning id;
