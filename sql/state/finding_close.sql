-- Closes open findings of kinds that were looked for completely and not found.
-- since: 13
-- timeout: 15s
-- params: at timestamptz, target text, kinds text[], fingerprints text[]
-- units: none
update findings
   set state = 'CLOSED', closed_at = :at
 where target_key = :target
   and state = 'OPEN'
   and kind = any (:kinds)
   and fingerprint <> all (:fingerprints)
returning fingerprint;
